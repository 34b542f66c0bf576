using System.Numerics;
using PromoRec.Candidates;

namespace PromoRec.Ranking.Reranking;

/// <summary>What re-ranking looks at in the offers of a catalog, worked out once for each, and only as far as a knob needs it. Immutable.</summary>
internal sealed class OfferFacets
{
    private readonly long[] _newFrom;
    private readonly int[][] _facets;
    private readonly string[] _names;
    private readonly uint[] _quotas;
    private readonly double[] _margins;
    private readonly int[] _merchants;
    private readonly ulong[] _lots;

    private OfferFacets(RerankingOptions options, CompiledCatalog catalog, MerchantExposure? exposure)
    {
        Offer[] offers = catalog.Offers.ToArray();
        var numbers = new FacetNumbers(NeedsFacets(options) ? catalog.Snapshot.Items : []);
        _facets = NeedsFacets(options) ? numbers.Of(offers) : [];
        Categories = numbers.Categories;
        Groups = numbers.Groups;
        _names = numbers.Names;
        _quotas = options.Quotas.Count == 0 ? [] : [.. offers.Select((offer, row) => QuotasOf(offer, options.Quotas, _facets.Length == 0 ? [] : _facets[row], numbers))];
        MostQuotasOfOffer = _quotas.Select(BitOperations.PopCount).DefaultIfEmpty().Max();
        _margins = options.MarginWeight == 0 ? [] : Array.ConvertAll(offers, offer => (double)(offer.Margin ?? 0));
        _merchants = exposure is null ? [] : Array.ConvertAll(offers, offer => exposure.NumberOf(offer.Merchant));
        Merchants = exposure?.Merchants ?? 0;
        bool explores = options.ExplorationShare > 0;
        _lots = explores ? Array.ConvertAll(offers, offer => ExplorationDraw.HashOf(offer.Id)) : [];
        _newFrom = explores ? catalog.ValidFrom.ToArray() : [];
    }

    /// <summary>How many categories there are: facets below this number are categories.</summary>
    public int Categories { get; }

    /// <summary>How many categories and brands there are: facets from <see cref="Categories"/> to below this number are brands.</summary>
    public int Groups { get; }

    /// <summary>The largest number of quotas that one offer is of.</summary>
    public int MostQuotasOfOffer { get; }

    /// <summary>How many merchants there are; numbers are below it.</summary>
    public int Merchants { get; }

    public static OfferFacets Compile(RerankingOptions options, CompiledCatalog catalog, MerchantExposure? exposure) => new(options, catalog, exposure);

    /// <summary>What an offer aims at: categories, then brands, then items and the whole shop, each ascending and once.</summary>
    public ReadOnlySpan<int> Of(int row) => _facets.Length == 0 ? [] : _facets[row];

    /// <summary>The name of a category or brand.</summary>
    public string NameOf(int facet) => _names[facet];

    /// <summary>The quotas an offer is of, a bit for each.</summary>
    public uint QuotasOf(int row) => _quotas.Length == 0 ? 0 : _quotas[row];

    public double MarginOf(int row) => _margins[row];

    /// <summary>The number of the offer's merchant, or <see cref="MerchantExposure.Nobody"/>.</summary>
    public int MerchantOf(int row) => _merchants[row];

    /// <summary>The hash by which the offer takes part in draws.</summary>
    public ulong LotOf(int row) => _lots[row];

    /// <summary>First tick in UTC at which the offer was valid.</summary>
    public long StartOf(int row) => _newFrom[row];

    /// <summary>The Jaccard index of what two offers aim at, 0 to 1.</summary>
    public double Likeness(int left, int right)
    {
        ReadOnlySpan<int> one = Of(left);
        ReadOnlySpan<int> other = Of(right);
        int i = 0;
        int j = 0;
        int shared = 0;
        while (i < one.Length && j < other.Length)
        {
            int order = one[i].CompareTo(other[j]);
            shared += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        int all = one.Length + other.Length - shared;
        return all == 0 ? 0 : (double)shared / all;
    }

    private static bool NeedsFacets(RerankingOptions options) =>
        options.Diversity > 0 || options.MaxPerCategory > 0 || options.MaxPerBrand > 0 || options.Quotas.Any(quota => quota.Category is not null || quota.Brand is not null);

    private static uint QuotasOf(Offer offer, IList<SlotQuota> quotas, ReadOnlySpan<int> facets, FacetNumbers numbers)
    {
        uint mask = 0;
        for (int i = 0; i < quotas.Count; i++)
        {
            SlotQuota quota = quotas[i];
            bool matches = (quota.Form is null || quota.Form == offer.Terms.Form)
                && (quota.Merchant is null || string.Equals(quota.Merchant, offer.Merchant, StringComparison.Ordinal))
                && (quota.Category is null || facets.BinarySearch(numbers.OfCategory(quota.Category)) >= 0)
                && (quota.Brand is null || facets.BinarySearch(numbers.OfBrand(quota.Brand)) >= 0);
            mask |= matches ? 1u << i : 0;
        }

        return mask;
    }
}
