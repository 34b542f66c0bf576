namespace PromoRec.Scoring;

/// <summary>Two lists of targets are equal when they have the same targets in the same order.</summary>
internal sealed class TargetListComparer : IEqualityComparer<IReadOnlyList<OfferTarget>>
{
    public bool Equals(IReadOnlyList<OfferTarget>? x, IReadOnlyList<OfferTarget>? y) => ReferenceEquals(x, y) || (x is not null && y is not null && x.SequenceEqual(y));

    public int GetHashCode(IReadOnlyList<OfferTarget> obj)
    {
        HashCode hash = default;
        foreach (OfferTarget target in obj)
        {
            hash.Add(target);
        }

        return hash.ToHashCode();
    }
}
