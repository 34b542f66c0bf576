namespace PromoRec.Training;

/// <summary>Tells how far work is that has no iterations, after every tenth of it. Any number of threads may add to it.</summary>
/// <param name="total">All there is to do.</param>
/// <param name="timeProvider">Measures how long each tenth takes.</param>
/// <param name="progress">Is told; null for nobody.</param>
internal sealed class StepProgress(int total, TimeProvider timeProvider, IProgress<TrainingProgress>? progress)
{
    private const int Steps = 10;

    private readonly Lock _lock = new();
    private long _since = timeProvider.GetTimestamp();
    private long _done;

    /// <summary>Counts what was done. Steps are told in their order.</summary>
    public void Add(int done)
    {
        if (progress is null)
        {
            return;
        }

        lock (_lock)
        {
            int before = (int)(_done * Steps / total);
            _done += done;
            int step = (int)(_done * Steps / total);
            if (step > before)
            {
                long now = timeProvider.GetTimestamp();
                progress.Report(new TrainingProgress(step, Steps, timeProvider.GetElapsedTime(_since, now), null));
                _since = now;
            }
        }
    }
}
