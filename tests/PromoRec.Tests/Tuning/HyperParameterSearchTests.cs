using PromoRec.Tuning;

namespace PromoRec.Tests.Tuning;

public sealed class HyperParameterSearchTests
{
    private static readonly SearchSpace Space = new(
        SearchParameter.Uniform("share", 0, 1),
        SearchParameter.LogUniform("rate", 1e-5, 10),
        SearchParameter.Whole("factors", 4, 256, logarithmic: true),
        SearchParameter.Choice("weighting", "none", "tf-idf", "bm25"));

    [Fact]
    public void The_optimum_of_a_known_objective_is_found_within_tolerance()
    {
        SearchResult result = new HyperParameterSearch(Space, new HyperParameterSearchOptions { Trials = 2_000 }).Run((trial, _) => Known(trial.Values));

        ParameterValues best = result.Best!.Trial.Values;
        Assert.Equal("bm25", best.Choice("weighting"));
        Assert.Equal(0.3, best.Real("share"), 0.15);
        Assert.Equal(-2, Math.Log10(best.Real("rate")), 0.75);
        Assert.InRange(best.Whole("factors"), 32, 128);
        Assert.Equal(result.Evaluations.Max(one => one.Score), result.Best.Score);
    }

    [Fact]
    public void Each_rung_evaluates_the_best_third_of_the_one_below_on_three_times_as_much()
    {
        SearchResult result = new HyperParameterSearch(Space, new HyperParameterSearchOptions { Trials = 30 }).Run(Noisy);
        ScoredTrial[][] rungs = [.. result.Evaluations.GroupBy(one => one.Trial.Rung).OrderBy(rung => rung.Key).Select(rung => rung.ToArray())];

        Assert.Equal(3, result.Rungs);
        Assert.Equal([30, 10, 3], rungs.Select(rung => rung.Length));
        Assert.Equal([1.0 / 9, 1.0 / 3, 1], rungs.Select(rung => rung[0].Trial.Share));
        for (int rung = 1; rung < rungs.Length; rung++)
        {
            int[] twin = [.. rungs[rung - 1].OrderByDescending(one => one.Score).Take(rungs[rung - 1].Length / 3).Select(one => one.Trial.Number)];
            Assert.Equal(twin, rungs[rung].Select(one => one.Trial.Number));
            Assert.All(rungs[rung], one => Assert.Equal(rungs[0][one.Trial.Number].Trial.Values, one.Trial.Values));
        }

        Assert.Equal(rungs[2].MaxBy(one => one.Score), result.Best);
        Assert.False(result.RanOutOfTime);
    }

    [Fact]
    public void No_values_are_tried_twice_and_a_space_that_has_no_more_ends_the_first_rung()
    {
        SearchSpace small = new(SearchParameter.Choice("a", "x", "y", "z"), SearchParameter.Whole("b", 1, 4));
        ParameterValues start = new ParameterValues().With("a", "y").With("b", 2);

        SearchResult all = new HyperParameterSearch(small, new HyperParameterSearchOptions { Trials = 100, MinimumShare = 1 }).Run((trial, _) => trial.Values.Whole("b"), [start, start]);
        SearchResult some = new HyperParameterSearch(small, new HyperParameterSearchOptions { Trials = 7, MinimumShare = 1 }).Run((trial, _) => trial.Values.Whole("b"), [start, start]);

        Assert.Equal(12, all.Evaluations.Count);
        Assert.Equal(12, all.Evaluations.Select(one => one.Trial.Values).Distinct().Count());
        Assert.Equal(Enumerable.Range(0, 12), all.Evaluations.Select(one => one.Trial.Number));
        Assert.Equal(start, all.Evaluations[0].Trial.Values);
        Assert.Equal(7, some.Evaluations.Select(one => one.Trial.Values).Distinct().Count());
        Assert.Equal(all.Evaluations.Take(7).Select(one => one.Trial.Values), some.Evaluations.Select(one => one.Trial.Values));
    }

    [Theory]
    [InlineData(27, 3, 1.0 / 9, 3)]
    [InlineData(27, 3, 1.0 / 27, 4)]
    [InlineData(27, 3, 0.12, 2)]
    [InlineData(26, 3, 1.0 / 27, 3)]
    [InlineData(2, 3, 0.01, 1)]
    [InlineData(100, 3, 1, 1)]
    [InlineData(16, 2, 0.1, 4)]
    public void There_are_as_many_rungs_as_trials_and_the_least_share_allow(int trials, int eta, double least, int rungs)
    {
        HyperParameterSearch search = new(Space, new HyperParameterSearchOptions { Trials = trials, Eta = eta, MinimumShare = least });

        SearchResult result = search.Run(Noisy);

        Assert.Equal((rungs, rungs), (search.Rungs, result.Rungs));
        Assert.Equal(1, result.Evaluations[^1].Trial.Share);
        Assert.True(result.Evaluations[0].Trial.Share >= least * 0.999);
    }

    [Fact]
    public void The_same_seed_gives_the_same_trials_and_a_longer_search_begins_as_a_shorter_one()
    {
        ParameterValues[] Trials(int trials, ulong seed) =>
            [.. new HyperParameterSearch(Space, new HyperParameterSearchOptions { Trials = trials, Seed = seed, MinimumShare = 1 }).Run(Noisy).Evaluations.Select(one => one.Trial.Values)];

        Assert.Equal(Trials(20, 7), Trials(20, 7));
        Assert.Equal(Trials(20, 7), Trials(40, 7)[..20]);
        Assert.NotEqual(Trials(20, 7), Trials(20, 8));
    }

    [Fact]
    public void Nothing_begins_after_the_time_limit_and_every_rung_has_its_part_of_it()
    {
        var time = new SteppingTime();
        HyperParameterSearch search = new(Space, new HyperParameterSearchOptions { Trials = 27, TimeLimit = TimeSpan.FromMinutes(30) }, time);
        List<TimeSpan> begun = [];

        SearchResult result = search.Run((trial, token) =>
        {
            begun.Add(time.GetElapsedTime(0));
            time.Advance(TimeSpan.FromMinutes(1));
            return Noisy(trial, token);
        });

        // The first third of half an hour has room for ten of a minute; a third of ten goes up, and one of those.
        Assert.Equal([10, 3, 1], result.Evaluations.CountBy(one => one.Trial.Rung).OrderBy(rung => rung.Key).Select(rung => rung.Value));
        Assert.True(result.RanOutOfTime);
        Assert.Equal(1, result.Best!.Trial.Share);
        Assert.All(result.Evaluations, one => Assert.Equal(TimeSpan.FromMinutes(1), one.Elapsed));
        Assert.All(begun, at => Assert.True(at < TimeSpan.FromMinutes(30)));
    }

    [Fact]
    public void One_evaluation_that_takes_all_the_time_is_the_result()
    {
        var time = new SteppingTime();
        HyperParameterSearch search = new(Space, new HyperParameterSearchOptions { TimeLimit = TimeSpan.FromMinutes(5) }, time);

        SearchResult result = search.Run((_, _) =>
        {
            time.Advance(TimeSpan.FromHours(1));
            return 3;
        });

        Assert.Equal((1, 3.0, true), (result.Evaluations.Count, result.Best!.Score!.Value, result.RanOutOfTime));
    }

    [Fact]
    public void Starts_come_first_and_low_scores_can_be_the_good_ones()
    {
        ParameterValues start = new ParameterValues().With("share", 0.3).With("rate", 0.01).With("factors", 64).With("weighting", "bm25");
        SearchResult result = new HyperParameterSearch(Space, new HyperParameterSearchOptions { Maximize = false }).Run((trial, _) => -Known(trial.Values), [start]);

        Assert.Equal(start, result.Evaluations[0].Trial.Values);
        Assert.Equal(start, result.Best!.Trial.Values);
        Assert.Equal(0, result.Best.Score!.Value, 1e-9);
    }

    [Fact]
    public void Trials_without_a_finite_score_fail_and_never_go_up()
    {
        SearchResult some = new HyperParameterSearch(Space).Run((trial, token) => trial.Number % 2 == 0 ? double.NaN : Noisy(trial, token));
        SearchResult all = new HyperParameterSearch(Space).Run((_, _) => double.PositiveInfinity);

        Assert.All(some.Evaluations.Where(one => one.Trial.Rung > 0), one => Assert.Equal(1, one.Trial.Number % 2));
        Assert.Equal(14, some.Evaluations.Count(one => one.Score is null));
        Assert.Null(all.Best);
        Assert.Equal(27, all.Evaluations.Count);
    }

    [Fact]
    public void Progress_is_told_and_cancellation_ends_the_search()
    {
        using var cancel = new CancellationTokenSource();
        List<SearchProgress> told = [];
        var progress = new Listener(value =>
        {
            told.Add(value);
            if (told.Count == 5)
            {
                cancel.Cancel();
            }
        });

        Assert.Throws<OperationCanceledException>(() => new HyperParameterSearch(Space).Run(Noisy, progress: progress, cancellationToken: cancel.Token));
        Assert.Equal([1, 2, 3, 4, 5], told.Select(one => one.Done));
        Assert.All(told, one => Assert.Equal(27 + 9 + 3, one.Planned));
        Assert.Equal(told.Max(one => one.Last.Score), told[^1].Best!.Score);
    }

    [Fact]
    public void Values_are_drawn_as_their_parameters_say()
    {
        SearchSpace space = new(SearchParameter.Uniform("u", -2, 3), SearchParameter.LogUniform("l", 0.01, 100), SearchParameter.Whole("i", 1, 4), SearchParameter.Whole("g", 1, 1_000, logarithmic: true), SearchParameter.Choice("c", "x", "y"));
        ParameterValues[] draws = [.. Enumerable.Range(0, 4_000).Select(trial => space.Draw(5, trial))];

        Assert.All(draws, draw => Assert.InRange(draw.Real("u"), -2, 3));
        Assert.Equal(0.5, draws.Average(draw => draw.Real("u")), 0.1);
        Assert.All(draws, draw => Assert.InRange(draw.Real("l"), 0.01, 100));
        Assert.Equal(0.25, draws.Count(draw => draw.Real("l") < 0.1) / 4_000.0, 0.03);
        Assert.All(Enumerable.Range(1, 4), whole => Assert.Equal(0.25, draws.Count(draw => draw.Whole("i") == whole) / 4_000.0, 0.03));
        Assert.All(draws, draw => Assert.InRange(draw.Whole("g"), 1, 1_000));
        Assert.Equal(1 / 3.0, draws.Count(draw => draw.Whole("g") < 10) / 4_000.0, 0.03);
        Assert.Equal(0.5, draws.Count(draw => draw.Choice("c") == "x") / 4_000.0, 0.03);
    }

    [Fact]
    public void What_makes_no_search_is_refused()
    {
        ArgumentException faults = Assert.Throws<ArgumentException>(() => new HyperParameterSearch(Space, new HyperParameterSearchOptions { Trials = 0, Eta = 1, MinimumShare = double.NaN, TimeLimit = TimeSpan.Zero }));
        Assert.All(["Trials", "Eta", "MinimumShare", "TimeLimit"], name => Assert.Contains(name, faults.Message, StringComparison.Ordinal));
        Assert.Throws<ArgumentException>(() => SearchParameter.Uniform("x", 1, 0));
        Assert.Throws<ArgumentException>(() => SearchParameter.Uniform("x", 0, double.NaN));
        Assert.Throws<ArgumentException>(() => SearchParameter.LogUniform("x", 0, 1));
        Assert.Throws<ArgumentException>(() => SearchParameter.Choice("x"));
        Assert.Throws<ArgumentException>(() => SearchParameter.Choice("x", "a", "a"));
        Assert.Throws<ArgumentException>(() => new SearchSpace());
        Assert.Throws<ArgumentException>(() => new SearchSpace(SearchParameter.Uniform("x", 0, 1), SearchParameter.Whole("x", 0, 1)));
        Assert.Throws<ArgumentException>(() => new ParameterValues().With("x", 1).With("x", 2));
        Assert.Throws<KeyNotFoundException>(() => new ParameterValues().With("x", 1).Real("x"));
        Assert.Throws<ArgumentException>(() => new HyperParameterSearch(Space).Run(Noisy, [new ParameterValues().With("share", 0.3)]));
        Assert.Throws<ArgumentException>(() => new HyperParameterSearch(Space).Run(Noisy, [new ParameterValues().With("share", 1.3).With("rate", 0.01).With("factors", 64).With("weighting", "bm25")]));
    }

    /// <summary>0 at share 0.3, rate 0.01, 64 factors and bm25, and below everywhere else.</summary>
    private static double Known(ParameterValues values)
    {
        double share = values.Real("share") - 0.3;
        double rate = (Math.Log10(values.Real("rate")) + 2) / 6;
        double factors = (Math.Log2(values.Whole("factors")) - 6) / 6;
        return -(share * share) - (rate * rate) - (factors * factors) - (values.Choice("weighting") == "bm25" ? 0 : 0.2);
    }

    /// <summary>The same, with an error that is the greater the smaller the share.</summary>
    private static double Noisy(SearchTrial trial, CancellationToken cancellationToken) => Known(trial.Values) + (0.05 * Math.Sin(trial.Number * 1.7) * (1 - trial.Share));

    private sealed class Listener(Action<SearchProgress> listen) : IProgress<SearchProgress>
    {
        public void Report(SearchProgress value) => listen(value);
    }
}
