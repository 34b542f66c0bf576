using Microsoft.Extensions.DependencyInjection;
using PromoRec.Evaluation;
using PromoRec.Interactions;
using PromoRec.Models.Hybrid;
using PromoRec.Ranking;
using PromoRec.Tuning;

namespace PromoRec.Consumer.Tests;

/// <summary>A shop of two tastes: who drinks coffee takes coffee offers, and at the checkout free delivery. Whatever else its customers do is drawn.</summary>
public sealed class HybridGuideTests
{
    private const int Customers = 60;

    private static readonly string Guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "guide", "hybrid.md"));

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    private static readonly CatalogSnapshot Catalog = new(
        [
            new Offer { Id = "coffee-week", Terms = OfferTerms.PercentOff(20), Targets = [OfferTarget.Category("coffee")], Margin = 1.50m },
            new Offer { Id = "delivery", Terms = OfferTerms.FreeShipping, Margin = 0.40m, Cost = 0.10m },
            new Offer { Id = "spade", Terms = OfferTerms.CashOff(5), Targets = [OfferTarget.Item("spade")], Margin = -1 },
            new Offer { Id = "tea-week", Terms = OfferTerms.PercentOff(20), Targets = [OfferTarget.Category("tea")], Margin = 1.50m },
        ],
        [
            Item("espresso", "coffee", 9), Item("filters", "coffee", 3), Item("grinder", "coffee", 60), Item("oolong", "tea", 8), Item("sencha", "tea", 7), Item("teapot", "tea", 30), Item("seeds", "garden", 2),
            Item("spade", "garden", 20),
        ]);

    [Fact]
    public void The_guide_shows_the_code_that_is_run_here() =>
        Assert.Contains(File.ReadAllText(Path.Combine(Repository.Root, "tests", "PromoRec.Consumer.Tests", "HybridGuide.cs")).TrimEnd(), Guide, StringComparison.Ordinal);

    [Fact]
    public void The_guide_names_every_field_of_a_context_every_order_and_every_reason_of_a_tier()
    {
        Assert.All(typeof(RankContext).GetProperties(), property => Assert.Contains($"`{property.Name}`", Guide, StringComparison.Ordinal));
        Assert.All(Enum.GetNames<RankBy>(), name => Assert.Contains($"`RankBy.{name}`", Guide, StringComparison.Ordinal));
        Assert.All(Enum.GetNames<RankTierReason>(), name => Assert.Contains($"`{name}`", Guide, StringComparison.Ordinal));
    }

    [Fact]
    public void Interactions_alone_weigh_the_members_and_say_what_may_answer()
    {
        HybridModel model = HybridGuide.Weigh(Events(), Catalog.Items, TestContext.Current.CancellationToken);

        Assert.Equal(HybridFusion.Weighted, model.Fusion);
        Assert.Subset(HybridGuide.Recipes(Catalog.Items).Select(recipe => recipe.Name).ToHashSet(), model.Members.Select(member => member.Name).ToHashSet());
        Assert.Equal(RankTier.Popularity, model.Ladder[0].Tier);
        Assert.Equal(RankTier.Hybrid, model.Ladder[^1].Tier);
        Assert.Contains(model.Ladder, rung => rung.Serves && rung.Tier > RankTier.Popularity);
    }

    [Fact]
    public void A_stack_learns_from_campaigns_is_calibrated_and_ranks_by_expected_value()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        List<Interaction> events = [.. Events()];
        OfferOccasion[] occasions = [.. new[] { 20, 30, 40 }.Select(day => HybridGuide.Occasion(events, Catalog, Taken(), Start.AddDays(day), ContextOf, cancel))];

        HybridModel stacked = HybridGuide.Stack(occasions, events, new RankingOptions(), cancel);

        Assert.Equal(HybridFusion.Stacked, stacked.Fusion);
        Assert.True(stacked.Ladder[^1] is { Tier: RankTier.Hybrid, Serves: true });

        // One of ten who were shown anything redeemed it: far fewer than those who took something at all.
        RankedOffers shown = HybridGuide.Rank(stacked, Catalog, 0, new Clock());
        HybridModel calibrated = HybridGuide.Calibrate(stacked, [.. Enumerable.Range(0, 300).Select(i => (shown[i % shown.Count], i % 30 == 0))]);
        RankedOffers ranked = HybridGuide.Rank(calibrated, Catalog, 0, new Clock());

        Assert.Equal((RankTier.Hybrid, RankTierReason.Highest, RankBy.ExpectedValue), (ranked.Summary.Tier, ranked.Summary.TierReason, ranked.Summary.RankedBy));

        // At the checkout delivery is what this customer is most likely to want, but coffee pays; and where so few redeem anything, it is not worth its cost.
        Assert.Equal("delivery", shown.MaxBy(one => one.Score).Offer.Id.ToString());
        Assert.Equal(["coffee-week", "delivery"], shown.Take(2).Select(one => one.Offer.Id.ToString()));
        Assert.Equal("coffee-week", ranked[0].Offer.Id.ToString());
        Assert.DoesNotContain(ranked, one => one.Offer.Id == "delivery");
        Assert.Equal(ranked.OrderByDescending(one => one.ExpectedValue), ranked);
        Assert.All(ranked, one => Assert.Equal((one.Probability!.Value * (double)one.Offer.Margin!.Value) - (double)(one.Offer.Cost ?? 0), one.ExpectedValue!.Value, 1e-6));
        Assert.True(ranked.Max(one => one.Probability) < shown.Max(one => one.Probability));
    }

    [Fact]
    public void What_goes_by_probabilities_refuses_the_hybrid_that_has_none() =>
        Assert.Equal(
            PromoRecErrorCode.UnfitModel,
            Assert.Throws<PromoRecException>(() => HybridGuide.Rank(HybridGuide.Weigh(Events(), Catalog.Items, TestContext.Current.CancellationToken), Catalog, 0, new Clock())).Code);

    [Fact]
    public void A_hybrid_is_saved_configured_and_loaded_as_the_guide_says()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        HybridGuide.Weigh(Events(), Catalog.Items, TestContext.Current.CancellationToken).Save(path);
        try
        {
            ServiceCollection services = new();
            services.AddPromoRec().UseOfferCatalog(new InMemoryOfferCatalog(Catalog)).UseModel(path);
            using ServiceProvider provider = services.BuildServiceProvider();

            Assert.IsType<HybridModel>(provider.GetRequiredService<LiveModel>().Current);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static IEnumerable<Interaction> Events()
    {
        for (int customer = 0; customer < Customers; customer++)
        {
            ItemId[] own = customer % 2 == 0 ? ["espresso", "filters", "grinder"] : ["oolong", "sencha", "teapot"];
            for (int day = 0; day < 50; day += 5)
            {
                yield return new Interaction(customer, own[(customer + day) / 5 % 3], InteractionKind.Purchase, Start.AddDays(day).AddMinutes(customer));
            }

            yield return new Interaction(customer, (ItemId)(customer % 3 == 0 ? "seeds" : "spade"), InteractionKind.View, Start.AddDays(customer % 20));
        }
    }

    private static UserOffer[] Taken() => [.. Enumerable.Range(0, Customers).Select(customer => new UserOffer(customer, AtCheckout(customer) ? "delivery" : customer % 2 == 0 ? "coffee-week" : "tea-week"))];

    private static RankContext? ContextOf(UserId user) => AtCheckout(int.Parse(user.ToString(), null)) ? new RankContext { Page = "checkout", Device = "phone" } : new RankContext { Page = "home", Device = "phone" };

    private static bool AtCheckout(int customer) => customer / 2 % 3 == 0;

    private static Item Item(ItemId id, string category, decimal price) => new() { Id = id, Categories = [category], Price = price };

    private sealed class Clock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Start.AddDays(50);
    }
}
