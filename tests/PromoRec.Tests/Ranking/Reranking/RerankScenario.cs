using FsCheck;
using FsCheck.Fluent;
using PromoRec.Ranking.Reranking;

namespace PromoRec.Tests.Ranking.Reranking;

/// <summary>A random shop with margins, costs and merchants, and random knobs: few offers, so that limits bite and every set of offers can be tried.</summary>
internal sealed record RerankScenario(RankScenario Shop, RerankingOptions Options, int[] Counts)
{
    private const int MostOffers = 9;

    public static Gen<RerankScenario> Generator { get; } =
        from shop in RankScenario.Generator
        from traits in Gen.ListOf(Traits(), MostOffers)
        from options in Knobs()
        from counts in Gen.ArrayOf(Gen.Choose(0, 6), RankScenario.Users.Length)
        select new RerankScenario(shop with { Offers = [.. shop.Offers.Take(MostOffers).Select((offer, at) => traits[at](offer))] }, options, counts);

    private static Gen<Func<Offer, Offer>> Traits() =>
        from margin in Gen.Choose(-2, 4)
        from cost in Gen.Elements<decimal?>(null, null, 0, 0.25m, 1)
        from merchant in Gen.Elements("m1", "m2", null)
        from form in Gen.Elements(OfferTerms.FreeShipping, OfferTerms.CashOff(1))
        from age in Gen.Elements(-8, -1, 0)
        select (Func<Offer, Offer>)(offer => offer with
        {
            Margin = margin == -2 ? null : margin,
            Cost = cost,
            Merchant = merchant,
            Terms = form,
            ValidFrom = age == 0 ? null : TestShop.Noon.AddDays(age),
        });

    private static Gen<RerankingOptions> Knobs() =>
        from diversity in Gen.Elements(0, 0, 0.4, 1)
        from perCategory in Gen.Choose(0, 2)
        from perBrand in Gen.Choose(0, 3)
        from quotas in Gen.ArrayOf(Quota()).Select(quotas => quotas.Take(3).ToArray())
        from margin in Gen.Elements(0, 0, 0.3, 1)
        from damping in Gen.Elements(0, 0, 0.5)
        from floor in Gen.Elements(0, 0, 0.25, 0.5)
        from window in Gen.Choose(1, 12)
        from explored in Gen.Elements(0, 0, 0.2, 0.5)
        from seed in Gen.Choose(0, 1000)
        from pool in Gen.Elements(1, 3, 200)
        select With(quotas, new RerankingOptions
        {
            Diversity = diversity,
            MaxPerCategory = perCategory,
            MaxPerBrand = perBrand,
            MarginWeight = margin,
            PopularityDamping = damping,
            MerchantFloor = floor,
            MerchantWindow = window,
            ExplorationShare = explored,
            ExplorationSeed = (ulong)seed,
            PoolSize = pool,
            MostLooks = int.MaxValue,
        });

    private static Gen<SlotQuota> Quota() =>
        from form in Gen.Elements(null, (OfferForm?)OfferForm.CashOff)
        from category in Gen.Elements(null, null, "red", "unheard-of")
        from brand in Gen.Elements(null, null, "green")
        from merchant in Gen.Elements(null, null, "m1")
        from minimum in Gen.Choose(0, 2)
        from more in Gen.Choose(-1, 1)
        select new SlotQuota
        {
            Form = form is null && category is null && brand is null && merchant is null ? OfferForm.FreeShipping : form,
            Category = category,
            Brand = brand,
            Merchant = merchant,
            Minimum = minimum,
            Maximum = more < 0 ? 0 : minimum + more,
        };

    private static RerankingOptions With(SlotQuota[] quotas, RerankingOptions options)
    {
        foreach (SlotQuota quota in quotas)
        {
            options.Quotas.Add(quota);
        }

        return options;
    }
}
