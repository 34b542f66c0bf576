namespace PromoRec.Testing.Conformance;

/// <summary>How much a suite does to a store.</summary>
public sealed record ConformanceScale
{
    /// <summary>How many tasks compete: 64 unless set.</summary>
    public int Tasks { get; init; } = 64;

    /// <summary>How many attempts are made on each cap from 1 to 10, and on each budget: 10,000 unless set.</summary>
    public int Attempts { get; init; } = 10_000;

    /// <summary>How many times a race between two calls is run: 200 unless set.</summary>
    public int Races { get; init; } = 200;

    /// <summary>How many operations are recorded and searched for an order that explains them: 20,000 unless set; a million is a thorough run.</summary>
    public int HistoryOperations { get; init; } = 20_000;

    /// <summary>How many random steps are compared with the reference: 2,000 unless set.</summary>
    public int ReferenceSteps { get; init; } = 2_000;

    /// <summary>
    /// How long one check may take: 5 minutes unless set, <see cref="Timeout.InfiniteTimeSpan"/> for as long as it likes. A check that takes longer fails, so that a
    /// store whose calls wait for each other for ever is found; a slow store and a thorough run need more.
    /// </summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What all random choices follow from: 1 unless set. A failure names it.</summary>
    public ulong Seed { get; init; } = 1;
}
