using System.Diagnostics;

namespace PromoRec.Benchmarks.Work;

/// <summary>Seconds of the same work, done several times.</summary>
/// <param name="Median">Seconds in the median.</param>
/// <param name="Minimum">Seconds of the fastest.</param>
internal sealed record Times(double Median, double Minimum)
{
    public static Times Of(IEnumerable<double> seconds)
    {
        double[] sorted = [.. seconds.Order()];
        return new Times(sorted[sorted.Length / 2], sorted[0]);
    }

    /// <summary>Does the work that many times, after once that does not count.</summary>
    public static Times Of(int rounds, Action work)
    {
        work();
        return Of(Enumerable.Range(0, rounds).Select(_ => One(work)).ToArray());
    }

    public static double One(Action work)
    {
        long started = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
