namespace PromoRec.Numerics;

/// <summary>What a number of threads in an option means.</summary>
internal static class Threads
{
    /// <summary>The number itself, or one thread a processor for 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public static int Resolve(int requested)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(requested);
        return requested == 0 ? Environment.ProcessorCount : requested;
    }
}
