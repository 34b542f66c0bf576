using PromoRec.Push.Ledger;

namespace PromoRec.Tests.Push.Ledger;

/// <summary>Requests for tests that count only one thing.</summary>
internal static class Sends
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 3, 12, 0, 0, TimeSpan.Zero);
    public static readonly TimeSpan Retention = TimeSpan.FromDays(100);
    public static readonly LedgerLabel All = LedgerLabel.Of("counted", "");

    public static CapClaim Rolling(int limit, TimeSpan length) => new([All], limit, LedgerWindow.Rolling(length));

    public static ReservationRequest Of(string key, params CapClaim[] caps) => new() { UserId = 1, Key = key, Labels = [All], Caps = [.. caps] };

    public static ReservationResult Reserve(this CustomerAccount account, ReservationRequest request, DateTimeOffset now, PlainBook? book = null) =>
        account.Reserve(request, now, Retention, book ?? new PlainBook());

    /// <summary>Reserves and sends at once.</summary>
    public static void Send(this CustomerAccount account, string key, DateTimeOffset at, params LedgerLabel[] labels)
    {
        Assert.Equal(ReservationStatus.Granted, account.Reserve(Of(key) with { Labels = [All, .. labels] }, at).Status);
        Assert.Equal(SettlementStatus.Done, account.Settle(key, Settlement.Begin, at, new PlainBook()));
        Assert.Equal(SettlementStatus.Done, account.Settle(key, Settlement.Commit, at, new PlainBook()));
    }

    public static LedgerEntry Entry(this CustomerAccount account, string key) => Assert.Single(account.ToHistory(Noon).Entries, entry => entry.Key == key);
}
