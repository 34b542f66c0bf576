namespace PromoRec.Tuning;

/// <summary>One run of a search: what was evaluated, and when it must end.</summary>
internal sealed class SearchRun(
    Func<SearchTrial, CancellationToken, double> objective,
    IProgress<SearchProgress>? progress,
    int planned,
    HyperParameterSearchOptions options,
    TimeProvider time)
{
    private readonly List<ScoredTrial> _evaluations = [];
    private readonly long _started = time.GetTimestamp();

    public IReadOnlyList<ScoredTrial> Evaluations => _evaluations;

    public ScoredTrial? Best { get; private set; }

    public bool RanOutOfTime { get; private set; }

    /// <summary>Evaluates the trials of a rung as long as there is time, and returns those that did not fail, the best one first.</summary>
    /// <param name="trials">The trials; the first one is evaluated if there is any time at all, in whatever part of it.</param>
    /// <param name="until">When the rung ends, since the start.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public List<ScoredTrial> Evaluate(IReadOnlyList<SearchTrial> trials, TimeSpan? until, CancellationToken cancellationToken)
    {
        List<ScoredTrial> scored = [];
        for (int i = 0; i < trials.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool isFirstOfAll = _evaluations.Count == 0;
            if (!isFirstOfAll && time.GetElapsedTime(_started) >= (i == 0 ? options.TimeLimit : until))
            {
                RanOutOfTime = true;
                break;
            }

            ScoredTrial result = Evaluate(trials[i], cancellationToken);
            if (result.Score is not null)
            {
                scored.Add(result);
                Best = Best is null || result.Trial.Rung > Best.Trial.Rung || IsBetter(result, Best) ? result : Best;
            }

            progress?.Report(new SearchProgress(_evaluations.Count, planned, result, Best));
        }

        scored.Sort((one, other) => IsBetter(one, other) ? -1 : IsBetter(other, one) ? 1 : one.Trial.Number.CompareTo(other.Trial.Number));
        return scored;
    }

    private ScoredTrial Evaluate(SearchTrial trial, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        double score = objective(trial, cancellationToken);
        var result = new ScoredTrial(trial, double.IsFinite(score) ? score : null, time.GetElapsedTime(started));
        _evaluations.Add(result);
        return result;
    }

    private bool IsBetter(ScoredTrial one, ScoredTrial other) =>
        one.Score == other.Score ? one.Trial.Number < other.Trial.Number : one.Score > other.Score == options.Maximize;
}
