namespace PromoRec.Profiles;

/// <summary>Adds up interests by name. Each name's terms are added in the order in which they come.</summary>
internal sealed class InterestSums
{
    private readonly Dictionary<string, double> _sums = new(StringComparer.Ordinal);

    public void Add(Interest[] shares, double weight)
    {
        foreach (Interest share in shares)
        {
            _sums[share.Name] = _sums.GetValueOrDefault(share.Name) + (share.Weight * weight);
        }
    }

    /// <summary>The strongest first, equals by name; sums of zero are left out.</summary>
    public IReadOnlyList<Interest> ToList() => Array.AsReadOnly(
        _sums.Where(sum => sum.Value != 0)
            .Select(sum => new Interest(sum.Key, sum.Value))
            .OrderByDescending(interest => interest.Weight)
            .ThenBy(interest => interest.Name, StringComparer.Ordinal)
            .ToArray());
}
