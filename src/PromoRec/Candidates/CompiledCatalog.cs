namespace PromoRec.Candidates;

/// <summary>A catalog's snapshot in the form that ranking reads: offers in rows, in ordinal order of their ids. Immutable.</summary>
/// <remarks>Because rows stand in ordinal order, comparing rows compares ids, and ties need no look at the ids.</remarks>
internal sealed class CompiledCatalog
{
    private readonly Offer[] _offers;
    private readonly long[] _validFrom;
    private readonly long[] _validTo;
    private readonly int[]?[] _segments;
    private readonly string[] _segmentNames;
    private readonly Dictionary<OfferId, int> _rows;
    private readonly int[] _allRows;
    private OpenOffers? _open;

    private CompiledCatalog(CatalogSnapshot snapshot, Offer[] offers)
    {
        Snapshot = snapshot;
        _offers = offers;
        _validFrom = Array.ConvertAll(offers, offer => offer.ValidFrom?.UtcTicks ?? long.MinValue);
        _validTo = Array.ConvertAll(offers, offer => offer.ValidTo?.UtcTicks ?? long.MaxValue);
        (_segments, _segmentNames) = NumberSegments(offers);
        _rows = new Dictionary<OfferId, int>(offers.Length);
        for (int row = 0; row < offers.Length; row++)
        {
            _rows.Add(offers[row].Id, row);
        }

        _allRows = [.. Enumerable.Range(0, offers.Length)];
        Groups = new ItemGroups(snapshot.Items);
        PurchaseTargets = new PurchaseTargets(offers);
    }

    public CatalogSnapshot Snapshot { get; }

    public int Count => _offers.Length;

    public ReadOnlySpan<Offer> Offers => _offers;

    /// <summary>First tick in UTC at which each offer is valid.</summary>
    public ReadOnlySpan<long> ValidFrom => _validFrom;

    /// <summary>First tick in UTC at which each offer is no longer valid.</summary>
    public ReadOnlySpan<long> ValidTo => _validTo;

    /// <summary>For each offer the numbers of the segments it is for; null where it is for everybody.</summary>
    public ReadOnlySpan<int[]?> Segments => _segments;

    /// <summary>0, 1, 2 and so on, for every row.</summary>
    public ReadOnlySpan<int> Rows => _allRows;

    /// <summary>The segments that offers name, by number.</summary>
    public ReadOnlySpan<string> SegmentNames => _segmentNames;

    public ItemGroups Groups { get; }

    public PurchaseTargets PurchaseTargets { get; }

    /// <exception cref="PromoRecException">The snapshot has faults.</exception>
    public static CompiledCatalog Compile(CatalogSnapshot snapshot)
    {
        snapshot.ThrowIfInvalid();
        Offer[] offers = [.. snapshot.Offers];
        Array.Sort(offers, (left, right) => left.Id.CompareTo(right.Id));
        return new CompiledCatalog(snapshot, offers);
    }

    /// <summary>Which offers are valid for everybody. Worked out anew, and then it allocates, where an offer began or ended since it was asked last.</summary>
    public OpenOffers OpenAt(long nowTicks)
    {
        OpenOffers? open = Volatile.Read(ref _open);
        if (open is null || !open.HoldsAt(nowTicks))
        {
            open = OpenOffers.At(this, nowTicks);
            Volatile.Write(ref _open, open);
        }

        return open;
    }

    public bool TryGetRow(OfferId id, out int row) => _rows.TryGetValue(id, out row);

    private static (int[]?[] Segments, string[] Names) NumberSegments(Offer[] offers)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var segments = new int[]?[offers.Length];
        for (int row = 0; row < offers.Length; row++)
        {
            IReadOnlyList<string> names = offers[row].Segments;
            if (names.Count == 0)
            {
                continue;
            }

            var own = new int[names.Count];
            for (int i = 0; i < own.Length; i++)
            {
                if (!numbers.TryGetValue(names[i], out own[i]))
                {
                    own[i] = numbers.Count;
                    numbers.Add(names[i], own[i]);
                }
            }

            segments[row] = own;
        }

        // A dictionary to which one only adds enumerates in the order of adding, but that is not promised: sort by number.
        return (segments, [.. numbers.OrderBy(pair => pair.Value).Select(pair => pair.Key)]);
    }
}
