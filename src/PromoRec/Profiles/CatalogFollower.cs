namespace PromoRec.Profiles;

/// <summary>Keeps the index of a catalog's current snapshot. Any number of threads may use it.</summary>
/// <remarks>A snapshot with faults is passed over, as in ranking: what was there before it stays.</remarks>
internal sealed class CatalogFollower(IOfferCatalog catalog)
{
    private readonly Lock _indexing = new();
    private volatile Edition _edition = new(CatalogSnapshot.Empty, new CatalogIndex(CatalogSnapshot.Empty));

    /// <summary>The index of the catalog as it is now. Who comes first after a change makes it.</summary>
    public CatalogIndex Current
    {
        get
        {
            CatalogSnapshot snapshot = catalog.Current;
            Edition edition = _edition;
            return ReferenceEquals(edition.Snapshot, snapshot) ? edition.Index : IndexOf(snapshot);
        }
    }

    private CatalogIndex IndexOf(CatalogSnapshot snapshot)
    {
        lock (_indexing)
        {
            if (!ReferenceEquals(_edition.Snapshot, snapshot))
            {
                _edition = new Edition(snapshot, TryIndex(snapshot) ?? _edition.Index);
            }

            return _edition.Index;
        }
    }

    private static CatalogIndex? TryIndex(CatalogSnapshot snapshot)
    {
        try
        {
            snapshot.ThrowIfInvalid();
        }
        catch (PromoRecException)
        {
            return null;
        }

        return new CatalogIndex(snapshot);
    }

    private sealed record Edition(CatalogSnapshot Snapshot, CatalogIndex Index);
}
