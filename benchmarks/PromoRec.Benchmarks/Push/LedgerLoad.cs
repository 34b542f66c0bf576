namespace PromoRec.Benchmarks.Push;

/// <summary>One way in which reservations arrive.</summary>
/// <param name="Name">In words.</param>
/// <param name="Reservations">How many; every second one is the second of its customer.</param>
/// <param name="Callers">How many wait for an answer at the same time.</param>
/// <param name="ListLength">How many each caller asks for at once.</param>
/// <param name="HasBudget">Whether all of them take from one budget, too.</param>
internal sealed record LedgerLoad(string Name, int Reservations, int Callers, int ListLength, bool HasBudget)
{
    /// <summary>One of how many calls is timed: looking at the clock takes a tenth of the time of a reservation in memory.</summary>
    public int TimedEvery { get; init; } = 1;

    /// <summary>For stores that wait for a disk.</summary>
    public static LedgerLoad[] Durable { get; } =
    [
        new("one by one", 1_000, 1, 1, false),
        new("64 callers", 20_000, 64, 1, false),
        new("512 callers", 100_000, 512, 1, false),
        new("512 callers, one budget", 100_000, 512, 1, true),
        new("16 callers with lists of 100", 200_000, 16, 100, false),
        new("16 callers with lists of 100, one budget", 200_000, 16, 100, true),
        new("8 callers with lists of 1,000", 400_000, 8, 1000, false),
    ];

    /// <summary>Those of them that show what one budget of all customers costs.</summary>
    public static LedgerLoad[] OneBudget { get; } = Array.FindAll(Durable, load => load.HasBudget);

    /// <summary>For stores that answer at once: a caller more than there are processors only waits.</summary>
    public static LedgerLoad[] InMemory { get; } =
    [
        new("one by one", 1_000_000, 1, 1, false) { TimedEvery = 16 },
        new("a caller on each processor", 1_000_000, Environment.ProcessorCount, 1, false) { TimedEvery = 16 },
        new("a caller on each processor, one budget", 1_000_000, Environment.ProcessorCount, 1, true) { TimedEvery = 16 },
    ];
}
