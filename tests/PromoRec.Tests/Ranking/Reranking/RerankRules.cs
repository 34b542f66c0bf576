using PromoRec.Ranking.Reranking;

namespace PromoRec.Tests.Ranking.Reranking;

/// <summary>What limits and quotas mean, said in names.</summary>
internal sealed class RerankRules
{
    private readonly RerankingOptions _options;
    private readonly Dictionary<OfferId, HashSet<string>> _facets;
    private readonly Dictionary<OfferId, bool[]> _quotas;

    public RerankRules(RankScenario shop, RerankingOptions options)
    {
        _options = options;
        _facets = shop.Offers.ToDictionary(offer => offer.Id, offer => FacetsOf(shop, offer));
        _quotas = shop.Offers.ToDictionary(offer => offer.Id, offer => options.Quotas.Select(quota => IsOf(quota, offer)).ToArray());
    }

    /// <summary>Categories, brands, items and the shop, each with a mark of its kind.</summary>
    public HashSet<string> Facets(Offer offer) => _facets[offer.Id];

    /// <summary>For each quota how many of some offers are of it.</summary>
    public int[] Counts(IReadOnlyList<Offer> offers)
    {
        var counts = new int[_options.Quotas.Count];
        foreach (Offer offer in offers)
        {
            bool[] quotas = _quotas[offer.Id];
            for (int i = 0; i < counts.Length; i++)
            {
                counts[i] += quotas[i] ? 1 : 0;
            }
        }

        return counts;
    }

    /// <summary>Whether a set of offers keeps all limits.</summary>
    public bool KeepsLimits(IReadOnlyList<Offer> offers)
    {
        var counts = new Dictionary<string, int>();
        foreach (Offer offer in offers)
        {
            foreach (string facet in _facets[offer.Id])
            {
                int most = facet.StartsWith("category:", StringComparison.Ordinal) ? _options.MaxPerCategory : facet.StartsWith("brand:", StringComparison.Ordinal) ? _options.MaxPerBrand : 0;
                counts[facet] = counts.GetValueOrDefault(facet) + 1;
                if (most > 0 && counts[facet] > most)
                {
                    return false;
                }
            }
        }

        return Counts(offers).Zip(_options.Quotas).All(pair => pair.Second.Maximum == 0 || pair.First <= pair.Second.Maximum);
    }

    /// <summary>The limits that offers with places have reached and that stand against another: sort, name and most. Categories first, then brands, then quotas.</summary>
    public (OfferExclusion Sort, string Name, int Most)[] Reached(IReadOnlyList<Offer> taken, Offer offer)
    {
        IEnumerable<(OfferExclusion, string, int)> groups(string kind, OfferExclusion sort, int most) => most == 0 ? [] : _facets[offer.Id]
            .Where(facet => facet.StartsWith(kind, StringComparison.Ordinal) && taken.Count(other => _facets[other.Id].Contains(facet)) >= most)
            .Select(facet => (sort, facet[kind.Length..], most));
        IEnumerable<(OfferExclusion, string, int)> quotas = _options.Quotas
            .Where((quota, i) => quota.Maximum > 0 && _quotas[offer.Id][i] && taken.Count(other => _quotas[other.Id][i]) >= quota.Maximum)
            .Select(quota => (OfferExclusion.OverQuota, quota.Sort, quota.Maximum));
        return [.. groups("category:", OfferExclusion.OverCategoryLimit, _options.MaxPerCategory), .. groups("brand:", OfferExclusion.OverBrandLimit, _options.MaxPerBrand), .. quotas];
    }

    private static HashSet<string> FacetsOf(RankScenario shop, Offer offer)
    {
        HashSet<string> facets = [];
        foreach (OfferTarget target in offer.Targets)
        {
            facets.Add(target.ToString());
            if (target.Kind == OfferTargetKind.Item && shop.Items.FirstOrDefault(item => item.Id == target.ItemId) is { } item)
            {
                facets.UnionWith(item.Categories.Select(category => $"category:{category}"));
                facets.UnionWith(item.Brand is null ? [] : [$"brand:{item.Brand}"]);
            }
        }

        return facets;
    }

    private bool IsOf(SlotQuota quota, Offer offer) =>
        (quota.Form is null || quota.Form == offer.Terms.Form)
        && (quota.Merchant is null || quota.Merchant == offer.Merchant)
        && (quota.Category is null || Facets(offer).Contains($"category:{quota.Category}"))
        && (quota.Brand is null || Facets(offer).Contains($"brand:{quota.Brand}"));
}
