using PromoRec.Evaluation;

namespace PromoRec.Tests.Evaluation;

public sealed class RankingMetricsTests
{
    private const double Exact = 1e-12;

    // Relevant at places 1, 3 and 4; a fourth relevant one is not ranked.
    private static readonly bool[] Ranked = [false, true, false, true, true];

    [Fact]
    public void Hit_rate_is_one_from_the_first_relevant_place_on()
    {
        Assert.Equal(0, RankingMetrics.HitRate(Ranked, 1));
        Assert.Equal(1, RankingMetrics.HitRate(Ranked, 2));
        Assert.Equal(1, RankingMetrics.HitRate(Ranked, 100));
    }

    [Fact]
    public void Precision_recall_and_f1_equal_the_values_computed_by_hand()
    {
        Assert.Equal(3.0 / 5, RankingMetrics.Precision(Ranked, 5), Exact);
        Assert.Equal(3.0 / 10, RankingMetrics.Precision(Ranked, 10), Exact);
        Assert.Equal(1.0 / 2, RankingMetrics.Precision(Ranked, 2), Exact);
        Assert.Equal(3.0 / 4, RankingMetrics.Recall(Ranked, 5, 4), Exact);
        Assert.Equal(1.0 / 4, RankingMetrics.Recall(Ranked, 2, 4), Exact);
        Assert.Equal(2.0 / 3, RankingMetrics.F1(Ranked, 5, 4), Exact);
        Assert.Equal(1.0 / 3, RankingMetrics.F1(Ranked, 2, 4), Exact);
        Assert.Equal(0, RankingMetrics.F1(Ranked, 1, 4));
    }

    [Fact]
    public void The_denominator_of_recall_is_not_cut_to_k() =>
        Assert.Equal(2.0 / 50, RankingMetrics.Recall([true, true], 2, 50), Exact);

    [Fact]
    public void Ndcg_equals_the_values_computed_by_hand()
    {
        // (1/log2 3 + 1/log2 5 + 1/log2 6) / (1 + 1/log2 3 + 1/2 + 1/log2 5), and 1/log2 3 / (1 + 1/log2 3).
        Assert.Equal(0.5654495432396527, RankingMetrics.Ndcg(Ranked, 5, 4), Exact);
        Assert.Equal(0.3868528072345416, RankingMetrics.Ndcg(Ranked, 2, 4), Exact);
        Assert.Equal(0.4306765580733931, RankingMetrics.Ndcg([false, false, false, true], 10, 1), Exact);
    }

    [Fact]
    public void Ndcg_is_one_when_the_relevant_ones_lead_even_if_there_are_more_than_k()
    {
        Assert.Equal(1, RankingMetrics.Ndcg([true, true, true, false], 3, 9), Exact);
        Assert.Equal(1, RankingMetrics.Ndcg([true, true, false, false], 4, 2), Exact);
    }

    [Fact]
    public void Average_precision_sums_the_precision_at_hits_over_all_relevant_ones()
    {
        Assert.Equal(((1.0 / 2) + (2.0 / 4) + (3.0 / 5)) / 4, RankingMetrics.AveragePrecision(Ranked, 5, 4), Exact);
        Assert.Equal(1.0 / 8, RankingMetrics.AveragePrecision(Ranked, 3, 4), Exact);
        Assert.Equal(1.0 / 4, RankingMetrics.AveragePrecision([true], 1, 4), Exact);
    }

    [Fact]
    public void Reciprocal_rank_is_that_of_the_first_relevant_place()
    {
        Assert.Equal(1.0 / 2, RankingMetrics.ReciprocalRank(Ranked, 5), Exact);
        Assert.Equal(0, RankingMetrics.ReciprocalRank(Ranked, 1));
        Assert.Equal(1.0 / 3, RankingMetrics.ReciprocalRank([false, false, true], 3), Exact);
    }

    [Fact]
    public void Auc_counts_the_pairs_in_the_right_order()
    {
        Assert.Equal(1.0 / 6, RankingMetrics.Auc(Ranked, 3), Exact);
        Assert.Equal(1.0 / 8, RankingMetrics.Auc(Ranked, 4), Exact);
        Assert.Equal(1, RankingMetrics.Auc([true, false, false], 1));
        Assert.True(double.IsNaN(RankingMetrics.Auc([true, true], 2)));
    }

    [Fact]
    public void Coverage_and_self_information_equal_the_values_computed_by_hand()
    {
        Assert.Equal(3.0 / 8, RankingMetrics.Coverage(3, 8), Exact);
        Assert.Equal(1.4150374992788437, RankingMetrics.SelfInformation(3, 8), Exact);
        Assert.Equal(0, RankingMetrics.SelfInformation(8, 8));
        Assert.Equal(3, RankingMetrics.SelfInformation(0, 8), Exact);
    }

    [Fact]
    public void An_empty_ranking_is_worth_nothing()
    {
        Assert.Equal(0, RankingMetrics.HitRate([], 10));
        Assert.Equal(0, RankingMetrics.Precision([], 10));
        Assert.Equal(0, RankingMetrics.Recall([], 10, 2));
        Assert.Equal(0, RankingMetrics.Ndcg([], 10, 2));
        Assert.Equal(0, RankingMetrics.AveragePrecision([], 10, 2));
        Assert.Equal(0, RankingMetrics.ReciprocalRank([], 10));
    }

    [Fact]
    public void Arguments_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RankingMetrics.HitRate(Ranked, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => RankingMetrics.Recall(Ranked, 5, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => RankingMetrics.Ndcg(Ranked, -1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => RankingMetrics.Coverage(9, 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => RankingMetrics.SelfInformation(9, 8));
    }
}
