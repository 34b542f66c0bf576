using System.Globalization;
using PromoRec.Cli.Output;

namespace PromoRec.Cli.Tests.Output;

public sealed class WhyTextTests
{
    [Fact]
    public void What_each_member_of_a_stacked_hybrid_said_is_told_with_what_adds_to_the_log_odds()
    {
        WhyReport report = Report("outscored") with
        {
            Place = 5,
            Score = -1.5f,
            Deficit = 0.25f,
            Probability = 0.1824f,
            Sources =
            [
                Source("als") with { Score = 2, Rank = 4, Named = true, LastNamedScore = 1, Term = 0.5f },
                Source("knn") with { Answered = false },
            ],
            Intercept = -2,
            Signals = [.. Enumerable.Range(0, 10).Select(i => new SignalContribution($"s{i}", 1, 0.5 - (i * 0.1)))],
            Reasons = [new ReasonEntry("popular", null, 0) { Text = "Popular" }, new ReasonEntry("popular", null, 0) { Text = "Popular" }, new ReasonEntry("new", null, 0) { Text = "New offer" }],
            PastItems = [new PastItemEntry("i1", 0.75), new PastItemEntry("i2", 0.5)],
        };

        Assert.Equal(
            """
            Offer o (Ten off) for ann, from several models together:
              Not returned: its score -1.5 has place 5 and probability 0.1824, and the last of the 3 returned has -1.25. It lost by 0.25.
              What speaks for it: Popular; New offer.
                source          score  rank  may name  last named  adds
                als                 2     4         4           1   0.5
                knn     knows nothing     -         4           -     -
              What adds to its log odds, which start at -2:
                signal  adds
                s0       0.5
                s1       0.4
                s2       0.3
                s3       0.2
                s4       0.1
                s5         0
                s6      -0.1
                s7      -0.2
                2 more  -0.7
              What past items add to its score:
                item      adds
                Tea (i1)  0.75
                Tea (i2)   0.5

            """.ReplaceLineEndings(Environment.NewLine),
            Text(report));
    }

    [Theory]
    [InlineData("not-named", null, "highest", "Not returned: no member of the hybrid named it, so it was not put in order.")]
    [InlineData("left-out", "notInSegment", "highest", "Left out: it is for segments in which the customer is not.")]
    [InlineData("left-out", "redeemed", "highest", "Left out: the customer redeemed it already; --keep-consumed would show it.")]
    [InlineData("left-out", "purchased", "highest", "Left out: the customer bought what it aims at already; --keep-consumed would show it.")]
    [InlineData("left-out", "notRequested", "highest", "Left out: it was not asked for.")]
    [InlineData("outscored", null, "no-model", "Nothing was learnt yet, so the order is that of the ids.")]
    [InlineData("outscored", null, "nothing-known", "Nothing is known of the customer that tells offers apart, so what everybody wants decided.")]
    [InlineData("outscored", null, "higher-did-not-win", "A higher tier did not do better when they were compared, so it may not serve.")]
    [InlineData("outscored", null, "highest", "Between equal scores the smaller id comes first.")]
    public void Every_stage_and_every_tier_has_a_sentence(string stage, string? exclusion, string tierReason, string expected) =>
        Assert.Contains(expected, Text(Report(stage) with { Exclusion = exclusion, TierReason = tierReason, Deficit = stage == "outscored" ? 0 : null }), StringComparison.Ordinal);

    [Theory]
    [InlineData("overCategoryLimit", 2, "Not returned: its score 3 has place 2, but 2 offers of the category tea had places already, and no more may have one.")]
    [InlineData("overBrandLimit", 1, "Not returned: its score 3 has place 2, but 1 offer of the brand tea had places already, and no more may have one.")]
    public void A_limit_that_held_an_offer_back_is_named(string exclusion, int most, string expected) =>
        Assert.Contains(expected, Text(Report("reranked") with { Exclusion = exclusion, Limit = new LimitEntry("tea", most), Place = 2, Score = 3 }), StringComparison.Ordinal);

    [Theory]
    [InlineData("returned", null, "Returned at place 2 of 3, with expected value 0.75, score 3 and probability 0.5.")]
    [InlineData("outscored", 0.25f, "Not returned: its expected value 0.75, with score 3 and probability 0.5, has place 2, and the last of the 3 returned has 1. It lost by 0.25.")]
    [InlineData("outscored", 0f, "Between equal expected values the higher score comes first, and then the smaller id.")]
    [InlineData("reranked", null, "Not returned: its expected value 0.75, with score 3 and probability 0.5, has place 2, but re-ranking gave that place to another.")]
    public void Where_expected_values_decide_they_are_told(string stage, float? deficit, string expected) =>
        Assert.Contains(expected, Text(Report(stage) with { Place = 2, Score = 3, Probability = 0.5f, ExpectedValue = 0.75f, LastExpectedValue = 1, Deficit = deficit }), StringComparison.Ordinal);

    private static string Text(WhyReport report, string language = "en")
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        WhyText.Write(writer, report, item => item is "i1" or "i2" ? "Tea" : item, language);
        return writer.ToString();
    }

    [Fact]
    public void Chinese_reasons_have_Chinese_marks_between_and_behind_them()
    {
        ReasonEntry[] reasons = [new ReasonEntry("popular", null, 0) { Text = "热门" }, new ReasonEntry("new", null, 0) { Text = "新品" }];

        Assert.Contains("热门；新品。", Text(Report("outscored") with { Reasons = reasons, Deficit = 0 }, "zh"), StringComparison.Ordinal);
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        RankReport ranking = new() { User = "u", Tier = "als", ModelVersion = "v", Excluded = null, Ranking = [new RankedEntry { Item = "i", Score = 1, Reasons = reasons }] };
        RankingText.Write(writer, ranking, "zh");
        Assert.Contains("热门；新品", writer.ToString(), StringComparison.Ordinal);
    }

    private static SourceEntry Source(string name) => new() { Name = name, Tier = "als", Answered = true, Weight = 1, Score = null, Rank = null, Quota = 4, Named = false, Term = null };

    private static WhyReport Report(string stage) => new()
    {
        User = "ann",
        Offer = "o",
        Text = "Ten off",
        Stage = stage,
        Returned = 3,
        Tier = "hybrid",
        TierReason = "highest",
        ModelVersion = "v",
        Place = null,
        Score = null,
        LastScore = -1.25f,
        Sources = [],
        Reasons = [],
        PastItems = [],
    };
}
