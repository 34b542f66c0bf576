namespace PromoRec.Tuning;

/// <summary>Looks for good values of parameters: at random, with successive halving.</summary>
/// <remarks>
/// <para>
/// Many trials begin on a small share of the customers or of the work; of every eta the best one goes up and gets eta times as much, until the last ones get all. So bad values cost little, and each
/// rung costs about the same. Values are drawn at random because a grid spends most of its trials on parameters that hardly matter.
/// </para>
/// <para>
/// Without a time limit, the same space, options, starts and objective give the same trials in the same order. With one, each rung has an equal part of the time, nothing begins after its end, and as many
/// go up as the trials that there was time for allow; an evaluation that has begun is not broken off. Of equal scores the earlier trial is the better one.
/// </para>
/// <para>Sources: Bergstra and Bengio, "Random search for hyper-parameter optimization", JMLR 13, 2012; Jamieson and Talwalkar, "Non-stochastic best arm identification and hyperparameter optimization", AISTATS 2016.</para>
/// </remarks>
public sealed class HyperParameterSearch
{
    // So many draws of nothing new say that a space of choices and whole numbers has nothing more to try.
    private const int DrawsInVain = 1_000;

    private readonly SearchSpace _space;
    private readonly HyperParameterSearchOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Creates a search. Later changes of the options make no difference to it.</summary>
    /// <param name="space">The parameters.</param>
    /// <param name="options">How; the defaults unless given.</param>
    /// <param name="time">The clock of the time limit; the system's unless given.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public HyperParameterSearch(SearchSpace space, HyperParameterSearchOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        _space = space;
        _options = (options ?? new HyperParameterSearchOptions()).Copy();
        _options.Validate();
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Number of rungs: as many as the trials and the least share allow.</summary>
    public int Rungs
    {
        get
        {
            int rungs = 1;
            double share = 1;
            for (int trials = _options.Trials / _options.Eta; trials >= 1; trials /= _options.Eta)
            {
                share /= _options.Eta;
                if (share < _options.MinimumShare * (1 - 1e-9))
                {
                    break;
                }

                rungs++;
            }

            return rungs;
        }
    }

    /// <summary>Looks for the best values.</summary>
    /// <param name="objective">Gives the score of a trial on its share: pure, so that equal trials score equally. What is not a finite number counts as failed; an exception ends the search.</param>
    /// <param name="starts">Values to try first, such as those in use; what there is more of than trials is left out.</param>
    /// <param name="progress">Told after every evaluation.</param>
    /// <param name="cancellationToken">Ends the search before the next evaluation, and is passed on to the objective.</param>
    /// <exception cref="ArgumentException">A start is not in the space.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public SearchResult Run(
        Func<SearchTrial, CancellationToken, double> objective,
        IReadOnlyList<ParameterValues>? starts = null,
        IProgress<SearchProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        foreach (ParameterValues start in starts ?? [])
        {
            _space.ThrowUnlessInside(start);
        }

        int rungs = Rungs;
        List<SearchTrial> trials = FirstRung(starts ?? [], rungs);
        var run = new SearchRun(objective, progress, Planned(trials.Count, rungs), _options, _time);
        for (int rung = 0; rung < rungs; rung++)
        {
            List<ScoredTrial> scored = run.Evaluate(trials, _options.TimeLimit * ((rung + 1.0) / rungs), cancellationToken);
            int up = Math.Max(1, scored.Count / _options.Eta);
            trials = [.. scored.Take(up).Select(best => best.Trial with { Rung = rung + 1, Share = ShareOf(rung + 1, rungs) })];
        }

        return new SearchResult(run.Best, run.Evaluations, rungs, run.RanOutOfTime);
    }

    // What is drawn depends on the number of the draw alone, so that a longer search begins as a shorter one does.
    private List<SearchTrial> FirstRung(IReadOnlyList<ParameterValues> starts, int rungs)
    {
        var trials = new List<SearchTrial>();
        HashSet<ParameterValues> seen = [];
        int inVain = 0;
        for (int draw = 0; trials.Count < _options.Trials && inVain < DrawsInVain; draw++)
        {
            ParameterValues values = draw < starts.Count ? starts[draw] : _space.Draw(_options.Seed, draw);
            bool isNew = seen.Add(values);
            inVain = isNew ? 0 : inVain + 1;
            if (isNew)
            {
                trials.Add(new SearchTrial(trials.Count, values, 0, ShareOf(0, rungs)));
            }
        }

        return trials;
    }

    private double ShareOf(int rung, int rungs)
    {
        double parts = 1;
        for (int above = rung + 1; above < rungs; above++)
        {
            parts *= _options.Eta;
        }

        return 1 / parts;
    }

    private int Planned(int trials, int rungs)
    {
        int planned = 0;
        for (int rung = 0; rung < rungs; rung++)
        {
            planned += trials;
            trials = Math.Max(1, trials / _options.Eta);
        }

        return planned;
    }
}
