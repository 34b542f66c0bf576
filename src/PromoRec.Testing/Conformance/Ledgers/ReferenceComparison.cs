using PromoRec.Numerics;
using PromoRec.Push.Ledger;

namespace PromoRec.Testing.Conformance.Ledgers;

/// <summary>Asks a ledger and the ledger in memory for the same, one random step after another, and compares all that they answer.</summary>
/// <remarks>The clock does not go back here: whether an expired cart had been swept up before it did is for each ledger to choose.</remarks>
internal static class ReferenceComparison
{
    private const int Customers = 4;
    private static readonly LedgerLabel Mark = Ask.Label("mark");
    private static readonly LedgerLabel[] Labels = [Ask.Label("x"), Ask.Label("y"), Ask.Label("z")];

    public static async Task RunAsync(LedgerProbe probe)
    {
        InMemoryReservationLedger reference = new(timeProvider: probe.Clock);
        for (int step = 0; step < probe.Scale.ReferenceSteps; step++)
        {
            SeededRandom random = probe.Random((ulong)step);
            probe.Clock.Move(Passes(ref random));
            Func<IReservationLedger, Task<string>> ask = Draw(ref random, probe.Token);
            string expected = await ask(reference).ConfigureAwait(false);
            string found = await ask(probe.Ledger).ConfigureAwait(false);
            Expect.Equal(expected, found, $"the answer of step {step}");
        }
    }

    private static TimeSpan Passes(ref SeededRandom random) => random.NextInt32(50) switch
    {
        0 => TimeSpan.FromMinutes(random.NextInt32(3000)),
        < 20 => TimeSpan.FromMinutes(random.NextInt32(12)),
        _ => TimeSpan.Zero,
    };

    private static Func<IReservationLedger, Task<string>> Draw(ref SeededRandom random, CancellationToken token)
    {
        UserId user = random.NextInt32(Customers);
        string key = $"key {random.NextInt32(9)}";
        int choice = random.NextInt32(100);
        if (choice < 50)
        {
            ReservationRequest request = RequestOf(user, key, ref random);
            return async ledger => Text(await ledger.TryReserveAsync(request, token).ConfigureAwait(false));
        }

        if (choice < 75)
        {
            Settlement settlement = (Settlement)random.NextInt32(4);
            return async ledger => $"{settlement} {await ledger.SettleAsync(user, key, settlement, token).ConfigureAwait(false)}";
        }

        if (choice < 80)
        {
            string refundKey = $"refund {random.NextInt32(3)}";
            BudgetRefund refund = new($"budget {random.NextInt32(2)}", random.NextInt32(3) + 1);
            return async ledger => $"refund {await ledger.RefundAsync(user, key, refundKey, [refund], token).ConfigureAwait(false)}";
        }

        if (choice < 84)
        {
            Cancellation cancellation = new(user, random.NextInt32(3), [Labels[random.NextInt32(3)]]);
            return async ledger => $"cancelled {await ledger.CancelAsync(cancellation, token).ConfigureAwait(false)}";
        }

        return choice < 92
            ? async ledger => Text(await ledger.ReadAsync(user, token).ConfigureAwait(false))
            : async ledger => string.Join("; ", await ledger.ReadBudgetsAsync([new("budget 0", ""), new("budget 1", ""), new("budget 1", "other")], token).ConfigureAwait(false));
    }

    private static ReservationRequest RequestOf(UserId user, string key, ref SeededRandom random)
    {
        LedgerLabel[] labels = [Labels[random.NextInt32(3)], Labels[random.NextInt32(3)]];
        CapClaim[] caps = new CapClaim[random.NextInt32(3)];
        for (int i = 0; i < caps.Length; i++)
        {
            TimeSpan length = TimeSpan.FromMinutes(random.NextInt32(90) + 1);
            caps[i] = new CapClaim([labels[i]], random.NextInt32(4) + 1, random.NextInt32(8) == 0 ? LedgerWindow.Lifetime : LedgerWindow.Rolling(length));
        }

        return Ask.For(user, key, caps).With([.. Budgets(ref random)]) with
        {
            Labels = [.. labels.Distinct()],
            Marks = random.NextInt32(4) == 0 ? [Mark] : [],
            Supersedes = random.NextInt32(8) == 0 ? [random.NextInt32(2) == 0 ? Mark : Labels[random.NextInt32(3)]] : [],
            PlannedAt = random.NextInt32(3) == 0 ? LedgerProbe.Start.AddMinutes(random.NextInt32(8000)) : null,
            TimeToLive = TimeSpan.FromMinutes(random.NextInt32(40) + 1),
            OnExpiry = (ExpiryAction)random.NextInt32(2),
            IfHeld = (HeldAction)random.NextInt32(4),
            NotAfter = random.NextInt32(4) == 0 ? LedgerProbe.Start.AddMinutes(random.NextInt32(8000)) : null,
            ConsentVersion = random.NextInt32(5) == 0 ? 0 : 2,
        };
    }

    private static List<BudgetClaim> Budgets(ref SeededRandom random)
    {
        List<BudgetClaim> claims = [];
        for (int i = random.NextInt32(3) - 1; i >= 0; i--)
        {
            claims.Add(Ask.Budget($"budget {i}", 6, random.NextInt32(3), i == 1 && random.NextInt32(2) == 0 ? "other" : ""));
        }

        return claims;
    }

    private static string Text(ReservationResult result) => $"{result.Status} at {result.LedgerTime:O}: {result.Reservation}, refused by [{string.Join("; ", result.Refusals)}]";

    private static string Text(CustomerHistory history) =>
        $"{history.LedgerTime:O}, consent {history.ConsentVersion}: "
        + string.Join("; ", history.Entries.Where(entry => !entry.IsGoneAt(history.LedgerTime)).Select(entry => $"{entry.Key} {entry.State} {entry.At:O} {entry.ExpiresAt:O} [{string.Join(',', entry.Budgets)}] [{string.Join(',', entry.Refunds)}]"));
}
