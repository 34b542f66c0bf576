using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using PromoRec.Push.Ledger;

namespace PromoRec.Tests.Push.Ledger;

/// <summary>One step of a customer's story. Times are ticks, so that few of them lie in a window and every boundary is met often.</summary>
internal sealed record AccountStep
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly TimeSpan Retention = TimeSpan.FromDays(100);
    private static readonly TimeSpan[] Jumps = [TimeSpan.FromDays(31), TimeSpan.FromDays(-31), TimeSpan.FromDays(101), TimeSpan.FromDays(3660), TimeSpan.FromDays(-3660), TimeSpan.FromSeconds(-1)];

    /// <summary>How far the clock moves before it.</summary>
    public TimeSpan Passes { get; private init; }

    /// <summary>What makes the request, when this step asks for a place.</summary>
    public int? RequestSeed { get; private init; }

    public Settlement? Settlement { get; private init; }

    public string Key { get; private init; } = "";

    public string? RefundKey { get; private init; }

    public ImmutableArray<BudgetRefund> Refunds { get; private init; } = [];

    public Cancellation? Cancellation { get; private init; }

    public bool Forgets { get; private init; }

    public bool Reloads { get; private init; }

    /// <summary>Stories of up to a hundred steps, made shorter by leaving steps out.</summary>
    public static Arbitrary<AccountStep[]> Stories { get; } = Arb.From(Gen.Choose(0, int.MaxValue - 1).Select(Of).ArrayOf(), WithoutOne);

    /// <summary>The request, whose planned instant and windows lie around now.</summary>
    public ReservationRequest? RequestAt(DateTimeOffset now) => RequestSeed is { } seed ? RequestOf(new Random(seed), Key, now) : null;

    private static IEnumerable<AccountStep[]> WithoutOne(AccountStep[] steps)
    {
        for (int half = steps.Length / 2; half > 1; half /= 2)
        {
            yield return steps[..half];
            yield return steps[half..];
        }

        for (int i = 0; i < steps.Length; i++)
        {
            yield return [.. steps[..i], .. steps[(i + 1)..]];
        }
    }

    private static AccountStep Of(int seed)
    {
        Random random = new(seed);
        AccountStep step = new() { Key = $"k{random.Next(7)}", Passes = Pass(random) };
        return random.Next(100) switch
        {
            < 55 => step with { RequestSeed = random.Next() },
            < 86 => step with { Settlement = (Settlement)random.Next(4) },
            < 91 => step with { RefundKey = $"r{random.Next(3)}", Refunds = [new BudgetRefund(random.Next(2) == 0 ? "a" : "b", random.Next(1, 3))] },
            < 95 => step with { Cancellation = new Cancellation(1, random.Next(3), Labels(random, 1, 3, random.Next(3))) },
            < 96 => step with { Forgets = random.Next(4) == 0 },
            _ => step with { Reloads = true },
        };
    }

    private static TimeSpan Pass(Random random) => random.Next(40) switch
    {
        0 => Jumps[random.Next(Jumps.Length)],
        < 4 => TimeSpan.FromTicks(-random.Next(1, 8)),
        < 20 => TimeSpan.Zero,
        _ => TimeSpan.FromTicks(random.Next(1, 9)),
    };

    private static ReservationRequest RequestOf(Random random, string key, DateTimeOffset now)
    {
        ImmutableArray<LedgerLabel> shortLabels = Labels(random, 8, 9, random.Next(3) / 2);
        return new ReservationRequest
        {
            UserId = 1,
            Key = key,
            PlannedAt = random.Next(3) > 0 ? now.AddTicks(random.Next(-3, 40)) : null,
            Labels = Labels(random, 1, 3, random.Next(1, 4)),
            ShortLabels = shortLabels,
            Caps = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => CapOf(random, shortLabels, now))],
            Budgets = [.. Enumerable.Range(0, random.Next(5) / 2).Select(i => new BudgetClaim(i == 0 ? "a" : "b", random.Next(2) == 0 ? "" : "m", random.Next(5), random.Next(3)))],
            TimeToLive = TimeSpan.FromTicks(random.Next(1, 8)),
            OnExpiry = (ExpiryAction)random.Next(2),
            IfHeld = (HeldAction)random.Next(4),
            Marks = Labels(random, 8, 9, random.Next(4) / 3),
            Supersedes = random.Next(6) == 0 ? [new LedgerLabel((ulong)(random.Next(2) == 0 ? random.Next(1, 4) : random.Next(8, 10)))] : [],
            ConsentVersion = random.Next(8) == 0 ? 0 : 2,
        };
    }

    private static CapClaim CapOf(Random random, ImmutableArray<LedgerLabel> shortLabels, DateTimeOffset now)
    {
        ImmutableArray<LedgerLabel> scope = random.Next(4) == 0 && !shortLabels.IsEmpty ? shortLabels : Labels(random, 1, 3, random.Next(1, 3));
        bool isShort = scope == shortLabels;
        LedgerWindow window = (isShort ? 0 : random.Next(8)) switch
        {
            6 => LedgerWindow.Lifetime,
            7 => Window(now.AddTicks(random.Next(-10, 3)), random.Next(5, 50)),
            _ => LedgerWindow.Rolling(TimeSpan.FromTicks(random.Next(1, 14))),
        };
        return new CapClaim(scope, random.Next(1, 5), window) { AnyOf = random.Next(4) == 0 ? [Labels(random, 1, 3, 2)] : [] };
    }

    private static LedgerWindow Window(DateTimeOffset from, int length) => LedgerWindow.Between(from, from.AddTicks(length));

    private static ImmutableArray<LedgerLabel> Labels(Random random, int first, int last, int count) =>
        [.. Enumerable.Range(first, last - first + 1).OrderBy(_ => random.Next()).Take(count).Select(bits => new LedgerLabel((ulong)bits))];
}
