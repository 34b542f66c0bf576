using System.Collections.Immutable;
using System.Globalization;
using PromoRec.Push.Ledger;

namespace PromoRec.Sqlite.Tests;

/// <summary>One random operation on a ledger, and its answer as a text that can be compared.</summary>
internal static class LedgerStory
{
    private static readonly BudgetName[] Budgets = [new("offer", string.Empty), new("offer", "2026-11"), new("shop", string.Empty)];

    public static async Task<string> StepAsync(IReservationLedger ledger, Random random, DateTimeOffset now, bool hasCarts)
    {
        UserId userId = $"customer {random.Next(4)}";
        string key = $"key {random.Next(8)}";
        switch (random.Next(20))
        {
            case < 9:
                return Text(await ledger.TryReserveAsync(Request(random, userId, key, now, hasCarts)));
            case 9:
                ReservationRequest[] requests = [.. Enumerable.Range(0, 4).Select(i => Request(random, $"customer {i % 3}", $"key {i}", now, hasCarts))];
                return string.Join('\n', (await ledger.TryReserveAsync(requests)).Select(Text));
            case < 14:
                return (await ledger.SettleAsync(userId, key, (Settlement)random.Next(4))).ToString();
            case 14:
                return (await ledger.RefundAsync(userId, key, $"refund {random.Next(2)}", [new BudgetRefund("offer", random.Next(1, 3))])).ToString();
            case 15:
                Cancellation cancellation = new(userId, random.Next(3), random.Next(2) == 0 ? [] : [Label(random)]);
                int cancelled = await ledger.CancelAsync(cancellation);
                return string.Create(CultureInfo.InvariantCulture, $"cancelled {cancelled}");
            case 16:
                return string.Join('\n', (await ledger.ReadBudgetsAsync(Budgets)).Select(level => level.ToString()));
            case 17:
                return string.Join('\n', (await UncertainAsync(ledger)).Order(StringComparer.Ordinal));
            case 18 when random.Next(15) == 0:
                await ledger.ForgetAsync(userId);
                return "forgotten";
            default:
                return Text(await ledger.ReadAsync(userId), now);
        }
    }

    private static async Task<List<string>> UncertainAsync(IReservationLedger ledger)
    {
        List<string> uncertain = [];
        await foreach (Reservation reservation in ledger.ReadUncertainAsync())
        {
            uncertain.Add(reservation.ToString());
        }

        return uncertain;
    }

    private static ReservationRequest Request(Random random, UserId userId, string key, DateTimeOffset now, bool hasCarts) => new()
    {
        UserId = userId,
        Key = key,
        PlannedAt = random.Next(3) == 0 ? now.AddMinutes(random.Next(120)) : null,
        Labels = [Label(random), Label(random)],
        ShortLabels = random.Next(3) == 0 ? [LedgerLabel.Of("content", "same")] : [],
        Caps = [new CapClaim([Label(random)], random.Next(1, 4), Window(random, now)), .. random.Next(2) == 0 ? [new CapClaim([Label(random)], 3, Window(random, now))] : Array.Empty<CapClaim>()],
        Budgets = [.. Budgets.Where(_ => random.Next(2) == 0).Select(budget => new BudgetClaim(budget.Key, budget.Period, 5, random.Next(1, 3)))],
        TimeToLive = TimeSpan.FromMinutes(random.Next(1, 60)),
        OnExpiry = hasCarts && random.Next(2) == 0 ? ExpiryAction.Release : ExpiryAction.Count,
        IfHeld = (HeldAction)random.Next(3),
        ConsentVersion = random.Next(3),
    };

    private static LedgerWindow Window(Random random, DateTimeOffset now) => random.Next(4) switch
    {
        0 => LedgerWindow.Lifetime,
        1 => LedgerWindow.Between(now.Date, now.Date.AddDays(1)),
        _ => LedgerWindow.Rolling(TimeSpan.FromMinutes(random.Next(1, 300))),
    };

    private static LedgerLabel Label(Random random) => LedgerLabel.Of("label", random.Next(3).ToString(CultureInfo.InvariantCulture));

    private static string Text(ReservationResult result) => $"{result.Status} {result.LedgerTime:O} {result.Reservation} {string.Join(", ", result.Refusals)}";

    private static string Text(CustomerHistory history, DateTimeOffset now) => string.Join('\n', [
        $"{history.ConsentVersion} {history.IsErased} {history.ForgottenThrough:O}",
        .. history.Forgotten.Select(forgotten => $"{Text(forgotten.Labels)} {forgotten.Count}"),
        .. history.Entries.Where(entry => !IsGone(entry, now)).Select(entry =>
            $"{entry.Key} {entry.Content} {entry.At:O} {entry.State} {entry.ExpiresAt:O} {entry.OnExpiry} {Text(entry.Labels)} {Text(entry.ShortLabels)} {string.Join(", ", entry.Budgets)} {string.Join(", ", entry.Refunds)}"),
    ]);

    // Until somebody looks, a history may still hold what has been given back by its own end.
    private static bool IsGone(LedgerEntry entry, DateTimeOffset now) => entry.State == ReservationState.Reserved && entry.OnExpiry == ExpiryAction.Release && now >= entry.ExpiresAt;

    private static string Text(ImmutableArray<LedgerLabel> labels) => string.Join('+', labels);
}
