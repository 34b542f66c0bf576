using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PromoRec.Ranking.Reranking;

namespace PromoRec.Tests.Ranking.Reranking;

public sealed class RerankingOptionsTests
{
    [Fact]
    public void Every_fault_is_named_at_once()
    {
        var services = new ServiceCollection();
        services.AddPromoRec(options =>
        {
            RerankingOptions reranking = options.Ranking.Reranking;
            (reranking.Diversity, reranking.MarginWeight, reranking.PopularityDamping, reranking.MerchantFloor, reranking.ExplorationShare) = (-0.1, 1.5, double.NaN, 2, 0.6);
            (reranking.MaxPerCategory, reranking.MaxPerBrand, reranking.MerchantWindow, reranking.PoolSize) = (-1, 10_001, 0, 0);
            (reranking.ExplorationAge, reranking.ExplorationPeriod) = (TimeSpan.Zero, TimeSpan.FromMilliseconds(1));
            reranking.Quotas.Add(new SlotQuota { Minimum = 51 });
            reranking.Quotas.Add(new SlotQuota { Category = " ", Form = (OfferForm)99, Minimum = 3, Maximum = 2 });
            reranking.Quotas.Add(new SlotQuota { Merchant = "m", Maximum = -1 });
            reranking.Quotas.Add(null!);
        });
        using ServiceProvider provider = services.BuildServiceProvider();

        string message = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOfferRanker>()).Message;

        string[] expected =
        [
            "Ranking.Reranking.Diversity: must be from 0 to 1, but is -0.1",
            "Ranking.Reranking.MarginWeight: must be from 0 to 1, but is 1.5",
            "Ranking.Reranking.PopularityDamping: must be from 0 to 1, but is NaN",
            "Ranking.Reranking.MerchantFloor: must be from 0 to 1, but is 2",
            "Ranking.Reranking.ExplorationShare: must be from 0 to 0.5, but is 0.6",
            "Ranking.Reranking.MaxPerCategory: must be from 0 to 10000, but is -1",
            "Ranking.Reranking.MaxPerBrand: must be from 0 to 10000, but is 10001",
            "Ranking.Reranking.MerchantWindow: must be from 1 to 1000000, but is 0",
            "Ranking.Reranking.PoolSize: must be from 1 to 10000, but is 0",
            "Ranking.Reranking.ExplorationAge: must be above 0 and at most 3650 days, but is 00:00:00",
            "Ranking.Reranking.ExplorationPeriod: must be from 1 second to 3650 days, but is 00:00:00.0010000",
            "Ranking.Reranking.Quotas[0]: must say which offers it is for",
            "Ranking.Reranking.Quotas[0]: must have a Minimum from 0 to 50, but has 51",
            "Ranking.Reranking.Quotas[1]: has a blank Category",
            "Ranking.Reranking.Quotas[1]: must have one of the forms of OfferForm, but has 99",
            "Ranking.Reranking.Quotas[1]: has the Maximum 2, which is below its Minimum 3",
            "Ranking.Reranking.Quotas[2]: must have a Maximum from 0 to 10000, but has -1",
            "Ranking.Reranking.Quotas[3]: is null",
        ];
        Assert.All(expected, fault => Assert.Contains(fault, message, StringComparison.Ordinal));
    }

    [Fact]
    public void Seventeen_quotas_are_too_many()
    {
        var options = new RerankingOptions();
        for (int i = 0; i < 17; i++)
        {
            options.Quotas.Add(new SlotQuota { Form = OfferForm.Points });
        }

        Assert.Equal(("Quotas", "may have at most 16 quotas, but has 17"), Assert.Single(options.Faults()));
    }

    [Fact]
    public void A_copy_has_every_value_and_does_not_follow_the_original()
    {
        var options = new RerankingOptions
        {
            Diversity = 0.1,
            MaxPerCategory = 2,
            MaxPerBrand = 3,
            MarginWeight = 0.4,
            PopularityDamping = 0.5,
            MerchantFloor = 0.6,
            MerchantWindow = 7,
            ExplorationShare = 0.08,
            ExplorationAge = TimeSpan.FromDays(9),
            ExplorationPeriod = TimeSpan.FromHours(10),
            ExplorationSeed = 11,
            PoolSize = 12,
            MostLooks = 13,
        };
        options.Quotas.Add(new SlotQuota { Form = OfferForm.Points, Category = "c", Brand = "b", Merchant = "m", Minimum = 1, Maximum = 2 });

        RerankingOptions copy = options.Copy();

        Assert.Equivalent(options, copy, strict: true);
        Assert.Equal(13, copy.MostLooks);
        Assert.DoesNotContain(typeof(RerankingOptions).GetProperties(), property => Equals(property.GetValue(options), property.GetValue(new RerankingOptions())));
        options.Quotas[0].Minimum = 9;
        Assert.Equal(1, copy.Quotas[0].Minimum);
    }
}
