namespace PromoRec.Cli.Output;

/// <summary>What <c>plan --json</c> writes.</summary>
internal sealed record PlanReport
{
    public required DateTimeOffset At { get; init; }

    public required int Customers { get; init; }

    public required int Offers { get; init; }

    public required long Sent { get; init; }

    public required long Deferred { get; init; }

    public required long Dropped { get; init; }

    /// <summary>How often something was not sent now, by reason.</summary>
    public required IReadOnlyDictionary<string, long> Reasons { get; init; }

    /// <summary>In the order in which they were decided: customer by customer, and for each by priority, score and offer.</summary>
    public required IReadOnlyList<PlanEntry> Decisions { get; init; }

    public required double Seconds { get; init; }

    public static PlanReport Of(DateTimeOffset at, int customers, int offers, IReadOnlyList<PlanEntry> decisions, double seconds) => new()
    {
        At = at,
        Customers = customers,
        Offers = offers,
        Sent = decisions.LongCount(entry => entry.Outcome == "send"),
        Deferred = decisions.LongCount(entry => entry.Outcome == "defer"),
        Dropped = decisions.LongCount(entry => entry.Outcome == "drop"),
        Reasons = decisions.Where(entry => entry.Reason is not null)
            .GroupBy(entry => entry.Reason!)
            .OrderByDescending(group => group.LongCount())
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.LongCount()),
        Decisions = decisions,
        Seconds = seconds,
    };
}
