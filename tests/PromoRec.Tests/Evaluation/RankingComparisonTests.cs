using PromoRec.Evaluation;
using PromoRec.Numerics;

namespace PromoRec.Tests.Evaluation;

public sealed class RankingComparisonTests
{
    private static readonly RankingMetric Ndcg = RankingMetric.Parse("ndcg@10");

    [Fact]
    public void Two_customers_give_the_interval_that_can_be_counted_on_fingers()
    {
        // Differences 0 and 1: four equally likely draws with means 0, 0.5, 0.5 and 1. The middle 40 % are all 0.5; the middle 95 % reach from 0 to 1.
        RankingCandidate[] candidates = [Candidate("a", 0.5, 1), Candidate("b", 0.5, 0)];

        RankingComparison little = RankingComparison.Of(candidates, Ndcg, resamples: 4_000, level: 0.4);
        RankingComparison much = RankingComparison.Of(candidates, Ndcg, resamples: 4_000, level: 0.95);

        Assert.Equal(new ComparedRanking("a", 0.75, 0, 0, 0), little.Rankings[0]);
        Assert.Equal(new ComparedRanking("b", 0.25, 0.5, 0.5, 0.5), little.Rankings[1]);
        Assert.Equal("a", little.Winner);
        Assert.Equal(new ComparedRanking("b", 0.25, 0.5, 0, 1), much.Rankings[1]);
        Assert.Null(much.Winner);
    }

    [Fact]
    public void The_interval_of_a_difference_is_that_of_all_possible_draws()
    {
        double[] best = [0.9, 0.4, 0.8, 0.3, 0.7];
        double[] other = [0.5, 0.6, 0.2, 0.3, 0.1];
        double[] differences = [.. best.Zip(other, (x, y) => x - y)];
        var means = new List<double>();
        for (int draw = 0; draw < 3_125; draw++)
        {
            means.Add((differences[draw % 5] + differences[draw / 5 % 5] + differences[draw / 25 % 5] + differences[draw / 125 % 5] + differences[draw / 625]) / 5);
        }

        means.Sort();
        RankingComparison comparison = RankingComparison.Of([Candidate("other", other), Candidate("best", best)], Ndcg, resamples: 200_000, level: 0.9);

        Assert.Equal(means[(int)(0.05 * 3_124)], comparison.Rankings[1].Low, 0.011);
        Assert.Equal(means[(int)(0.95 * 3_124)], comparison.Rankings[1].High, 0.011);
        Assert.Equal(differences.Average(), comparison.Rankings[1].Behind, 1e-12);
    }

    [Fact]
    public void A_small_difference_that_every_customer_sees_wins_though_the_means_overlap()
    {
        double[] weak = Values(300, 1);
        double[] strong = [.. weak.Select(value => value + 0.01)];
        RankingComparison comparison = RankingComparison.Of([Candidate("weak", weak), Candidate("strong", strong)], Ndcg);

        Assert.Equal("strong", comparison.Winner);
        Assert.Equal(0.01, comparison.Rankings[1].Low, 1e-9);
        (_, double highOfWeak) = BootstrapInterval.OfMean(weak);
        (double lowOfStrong, _) = BootstrapInterval.OfMean(strong);
        Assert.True(highOfWeak > lowOfStrong);
    }

    [Fact]
    public void The_best_wins_only_if_it_is_above_every_other_and_each_comparison_is_held_to_a_higher_level()
    {
        double[] low = Values(200, 1);
        RankingCandidate[] candidates = [Candidate("low", low), Candidate("high", [.. low.Select(value => value + 0.2)]), Candidate("rival", [.. low.Select((value, i) => value + (i % 2 == 0 ? 0.39 : 0))])];
        RankingComparison comparison = RankingComparison.Of(candidates, Ndcg);

        Assert.Equal(["high", "rival", "low"], comparison.Rankings.Select(ranking => ranking.Name));
        Assert.Equal([false, false, true], comparison.Rankings.Select(ranking => ranking.IsBehind));
        Assert.Null(comparison.Winner);
        Assert.Equal((0.95, 0.975), (comparison.ConfidenceLevel, Math.Round(comparison.IntervalLevel, 12)));

        double[] differences = [.. candidates[1].Result.PerUser.Zip(candidates[2].Result.PerUser, (x, y) => x.Values[0] - y.Values[0])];
        Assert.Equal(BootstrapInterval.OfMean(differences, 1_000, comparison.IntervalLevel), (comparison.Rankings[1].Low, comparison.Rankings[1].High));
    }

    [Fact]
    public void Equal_rankings_make_a_winner_no_more_often_than_promised()
    {
        int winners = 0;
        for (int repeat = 0; repeat < 300; repeat++)
        {
            RankingCandidate[] candidates = [.. Enumerable.Range(0, 3).Select(i => Candidate($"r{i}", Values(60, (ulong)((repeat * 3) + i + 1))))];
            winners += RankingComparison.Of(candidates, Ndcg, resamples: 300, level: 0.8).Winner is null ? 0 : 1;
        }

        Assert.InRange(winners, 1, 60);
    }

    [Fact]
    public void Customers_are_paired_by_their_ids_and_those_without_a_value_in_all_are_left_out()
    {
        RankingCandidate first = new("first", Result(("a", 1), ("b", 0.5), ("c", double.NaN), ("d", 0)));
        RankingCandidate second = new("second", Result(("b", 0.25), ("c", 1), ("d", 1)));
        RankingComparison comparison = RankingComparison.Of([first, second], Ndcg);

        Assert.Equal((2, 2), (comparison.Users, comparison.UnpairedUsers));
        Assert.Equal(["second", "first"], comparison.Rankings.Select(ranking => ranking.Name));
        Assert.Equal([0.625, 0.25], comparison.Rankings.Select(ranking => ranking.Mean));
    }

    [Fact]
    public void The_order_of_the_rankings_and_the_run_make_no_difference()
    {
        RankingCandidate[] candidates = [.. Enumerable.Range(0, 4).Select(i => Candidate($"r{i}", Values(80, (ulong)(i + 7))))];

        Assert.Equal(RankingComparison.Of(candidates, Ndcg, seed: 3).Rankings, RankingComparison.Of([.. candidates.Reverse()], Ndcg, seed: 3).Rankings);
    }

    [Fact]
    public void What_cannot_be_compared_is_refused()
    {
        RankingCandidate a = Candidate("a", 1);
        RankingCandidate b = Candidate("b", 0);
        RankingCandidate elsewhere = new("c", Result(("x", 1)));

        Assert.Throws<ArgumentException>(() => RankingComparison.Of([a], Ndcg));
        Assert.Throws<ArgumentException>(() => RankingComparison.Of([a, a], Ndcg));
        Assert.Throws<ArgumentException>(() => RankingComparison.Of([a, b], RankingMetric.Parse("hr@10")));
        Assert.Throws<ArgumentException>(() => RankingComparison.Of([a, b], RankingMetric.Parse("coverage@10")));
        Assert.Throws<ArgumentException>(() => RankingComparison.Of([a, b], default));
        Assert.Throws<ArgumentOutOfRangeException>(() => RankingComparison.Of([a, b], Ndcg, level: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => RankingComparison.Of([a, b], Ndcg, resamples: 0));
        Assert.Throws<PromoRecException>(() => RankingComparison.Of([a, elsewhere], Ndcg));
    }

    private static RankingCandidate Candidate(string name, params double[] values) =>
        new(name, Result([.. values.Select((value, i) => ($"u{i:0000}", value))]));

    private static EvaluationResult Result(params (string User, double Value)[] values) =>
        new([new MetricEstimate(Ndcg, values.Average(value => value.Value), null, null)], [.. values.Select(value => new UserEvaluation(value.User, true, 1, [value.Value]))]);

    private static double[] Values(int count, ulong seed)
    {
        var random = new SeededRandom(seed);
        var values = new double[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = random.NextDouble();
        }

        return values;
    }
}
