using PromoRec.Models;
using PromoRec.Numerics;
using PromoRec.Scoring;

namespace PromoRec.Tests.Ranking;

public class ReasonTests
{
    [Fact]
    public void The_items_that_carry_the_score_are_named_strongest_first_and_share_it()
    {
        using var shop = new TestShop(TestShop.Snapshot(TestShop.OnItems("o", "tea"), TestShop.OnItems("p", "book"), TestShop.OnItems("q", "book", "tea")), TeaAndBooks());

        RankedOffer offer = shop.Ranker.Rank("ann", new RankRequest { Only = new HashSet<OfferId> { "o" } })[0];

        Assert.Equal(["green", "black"], Reasons(offer).Where(reason => reason.Kind == RankReasonKind.BecauseYouLiked).Select(reason => reason.Item.ToString()));
        Assert.Equal(offer.Score, Reasons(offer).Sum(reason => reason.Weight), 1e-5f);
        Assert.True(offer.Reasons[0].Weight > offer.Reasons[1].Weight);
    }

    [Fact]
    public void An_offer_the_customer_has_no_liking_for_names_no_items()
    {
        using var shop = new TestShop(TestShop.Snapshot(TestShop.OnItems("o", "tea")), new TestModel().User("ann", -1, 0).Item("tea", 1, 0).Likes("ann", "tea").Build());

        Assert.DoesNotContain(Reasons(shop.Ranker.Rank("ann")[0]), reason => reason.Kind == RankReasonKind.BecauseYouLiked);
    }

    [Fact]
    public void An_offer_that_ends_within_two_days_says_so_and_keeps_a_place_for_it()
    {
        DateTimeOffset end = TestShop.Noon.AddDays(2);
        var model = new TestModel().User("ann", 1).Item("tea", 1);
        foreach (int item in Enumerable.Range(0, 5))
        {
            model.Item(item, 1).Likes("ann", item);
        }

        using var shop = new TestShop(TestShop.Snapshot(TestShop.OnItems("late", "tea") with { ValidTo = end.AddTicks(1) }, TestShop.OnItems("soon", "tea") with { ValidTo = end }), model.Build());
        RankedOffers ranked = shop.Ranker.Rank("ann");

        Assert.Equal([RankReasonKind.BecauseYouLiked, RankReasonKind.BecauseYouLiked, RankReasonKind.BecauseYouLiked], Reasons(ranked[0]).Select(reason => reason.Kind));
        Assert.Equal([RankReasonKind.BecauseYouLiked, RankReasonKind.BecauseYouLiked, RankReasonKind.EndingSoon], Reasons(ranked[1]).Select(reason => reason.Kind));
    }

    [Fact]
    public void No_reasons_are_given_when_none_are_wanted()
    {
        using var shop = new TestShop(TestShop.Snapshot(TestShop.OnItems("o", "tea")), TeaAndBooks());

        Assert.Equal(0, shop.Ranker.Rank("ann", new RankRequest { WithReasons = false })[0].Reasons.Count);
    }

    [Fact]
    public void Only_the_strongest_past_items_are_considered()
    {
        var model = new TestModel().User("ann", 1).Item("tea", 1);
        for (int i = 0; i < PastItems.Capacity + 10; i++)
        {
            model.Item($"weak{i}", 100).Likes("ann", $"weak{i}", 0.001f);
        }

        for (int i = 0; i < PastItems.Capacity; i++)
        {
            model.Item($"strong{i}", 0.5f).Likes("ann", $"strong{i}");
        }

        using var shop = new TestShop(TestShop.Snapshot(TestShop.OnItems("o", "tea")), model.Build());

        Assert.All(Reasons(shop.Ranker.Rank("ann")[0]), reason => Assert.StartsWith("strong", reason.Item.ToString()));
    }

    [Fact]
    public void A_share_is_that_of_the_common_matrix_solved_in_double_precision()
    {
        FactorModel model = TeaAndBooks();
        FactorMatrix offer = FactorMatrix.Create(1, 2);
        model.ItemFactors.Row(2).CopyTo(offer.Row(0));

        Span<float> explained = FactorInsight.Of(model).Explain(offer).Row(0);

        // A0 = w0 * Gram + lambda * I, two by two.
        double a = model.Objective.RowRegularization(2, 4), b = 0, d = a;
        for (int i = 0; i < model.ItemCount; i++)
        {
            Span<float> y = model.ItemFactors.Row(i);
            a += 0.1 * y[0] * y[0];
            b += 0.1 * y[0] * y[1];
            d += 0.1 * y[1] * y[1];
        }

        double determinant = (a * d) - (b * b);
        Assert.Equal(((d * offer.Row(0)[0]) - (b * offer.Row(0)[1])) / determinant, explained[0], 1e-4);
        Assert.Equal(((a * offer.Row(0)[1]) - (b * offer.Row(0)[0])) / determinant, explained[1], 1e-4);
    }

    private static FactorModel TeaAndBooks() => new TestModel()
        .User("ann", 1, 0.2f)
        .Item("black", 0.8f, 0.3f).Item("book", 0, 1).Item("green", 0.9f, 0.1f).Item("tea", 1, 0.1f)
        .Likes("ann", "green", 2).Likes("ann", "black", 1)
        .Build();

    private static IEnumerable<RankReason> Reasons(RankedOffer offer) => Enumerable.Range(0, offer.Reasons.Count).Select(i => offer.Reasons[i]);
}
