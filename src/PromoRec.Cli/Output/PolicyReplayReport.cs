using PromoRec.Cli.Push;
using PromoRec.Push;

namespace PromoRec.Cli.Output;

/// <summary>What became of a history under one policy.</summary>
internal sealed record PolicyReplayReport
{
    public required string File { get; init; }

    public required long Sent { get; init; }

    public required long SentAtOnce { get; init; }

    /// <summary>Sent after they had been deferred.</summary>
    public required long SentLater { get; init; }

    /// <summary>Sent as parts of digests; they are among <see cref="SentLater"/>, and each digest is one send of its channel and customer.</summary>
    public required long SentInDigests { get; init; }

    public required long Dropped { get; init; }

    /// <summary>Dropped after they had been deferred; they are among <see cref="Dropped"/>.</summary>
    public required long DroppedLater { get; init; }

    /// <summary>How often something was deferred, by reason; one push may be deferred several times.</summary>
    public required IReadOnlyDictionary<string, long> Deferrals { get; init; }

    public required IReadOnlyDictionary<string, long> Drops { get; init; }

    /// <summary>Sends by channel.</summary>
    public required IReadOnlyDictionary<string, long> Channels { get; init; }

    /// <summary>Customers to whom something was sent.</summary>
    public required int CustomersReached { get; init; }

    public required Distribution SendsPerCustomer { get; init; }

    /// <summary>Sends on each customer's fullest calendar day.</summary>
    public required Distribution FullestDay { get; init; }

    /// <summary>Sends in each customer's fullest calendar week, from Monday on.</summary>
    public required Distribution FullestWeek { get; init; }

    public static PolicyReplayReport Of(string file, ReplayTally tally)
    {
        CustomerTally[] customers = [.. tally.Customers];
        return new PolicyReplayReport
        {
            File = file,
            Sent = tally.SentAtOnce + tally.SentLater,
            SentAtOnce = tally.SentAtOnce,
            SentLater = tally.SentLater,
            SentInDigests = tally.SentInDigests,
            Dropped = tally.Drops.Values.Sum(),
            DroppedLater = tally.DroppedLater,
            Deferrals = ByCode(tally.Deferrals),
            Drops = ByCode(tally.Drops),
            Channels = tally.Channels.ToDictionary(),
            CustomersReached = customers.Length,
            SendsPerCustomer = Distribution.Of(customers.Select(customer => customer.Sends)),
            FullestDay = Distribution.Of(customers.Select(customer => customer.FullestDay)),
            FullestWeek = Distribution.Of(customers.Select(customer => customer.FullestWeek)),
        };
    }

    private static Dictionary<string, long> ByCode(IReadOnlyDictionary<PushReason, long> counts) => counts.ToDictionary(count => PushReasons.CodeOf(count.Key), count => count.Value);
}
