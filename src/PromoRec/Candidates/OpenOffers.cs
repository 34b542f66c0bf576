namespace PromoRec.Candidates;

/// <summary>Which offers are valid for everybody over some time in which no offer begins or ends. Immutable.</summary>
internal sealed class OpenOffers
{
    private readonly bool[] _isClosed;
    private readonly long _from;
    private readonly long _to;

    private OpenOffers(bool[] isClosed, long from, long to)
    {
        _isClosed = isClosed;
        _from = from;
        _to = to;
    }

    /// <summary>For each offer whether it has to be looked at before it is shown: it is not valid, or not for everybody.</summary>
    public ReadOnlySpan<bool> IsClosed => _isClosed;

    /// <param name="catalog">The offers.</param>
    /// <param name="nowTicks">An instant, in ticks in UTC.</param>
    public static OpenOffers At(CompiledCatalog catalog, long nowTicks)
    {
        var isClosed = new bool[catalog.Count];
        long from = long.MinValue;
        long to = long.MaxValue;
        for (int row = 0; row < isClosed.Length; row++)
        {
            isClosed[row] = catalog.Segments[row] is not null || nowTicks < catalog.ValidFrom[row] || nowTicks >= catalog.ValidTo[row];
            foreach (long edge in (ReadOnlySpan<long>)[catalog.ValidFrom[row], catalog.ValidTo[row]])
            {
                from = edge <= nowTicks ? Math.Max(from, edge) : from;
                to = edge > nowTicks ? Math.Min(to, edge) : to;
            }
        }

        return new OpenOffers(isClosed, from, to);
    }

    /// <summary>Whether nothing has begun or ended since it was made.</summary>
    public bool HoldsAt(long nowTicks) => nowTicks >= _from && nowTicks < _to;
}
