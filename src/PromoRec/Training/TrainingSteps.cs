namespace PromoRec.Training;

/// <summary>Tells how far work is that goes in a few steps of any length, after every step. One thread at a time.</summary>
/// <param name="total">How many steps there are.</param>
/// <param name="timeProvider">Measures how long each takes.</param>
/// <param name="progress">Is told; null for nobody.</param>
internal sealed class TrainingSteps(int total, TimeProvider timeProvider, IProgress<TrainingProgress>? progress)
{
    private long _since = timeProvider.GetTimestamp();
    private int _done;

    /// <summary>Counts steps that are done.</summary>
    /// <param name="steps">How many; those that turned out to be unnecessary count too.</param>
    public void Done(int steps = 1)
    {
        _done += steps;
        long now = timeProvider.GetTimestamp();
        progress?.Report(new TrainingProgress(_done, total, timeProvider.GetElapsedTime(_since, now), null));
        _since = now;
    }
}
