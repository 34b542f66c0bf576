namespace PromoRec.Evaluation;

/// <summary>Adds up what several threads finished, and reports it in ascending order.</summary>
internal sealed class ProgressCounter(IProgress<EvaluationProgress>? progress, int total)
{
    private readonly Lock _lock = new();
    private int _done;

    public void Add(int users)
    {
        if (progress is null)
        {
            return;
        }

        lock (_lock)
        {
            _done += users;
            progress.Report(new EvaluationProgress(_done, total));
        }
    }
}
