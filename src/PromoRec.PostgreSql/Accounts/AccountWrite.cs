using PromoRec.Push.Ledger;

namespace PromoRec.PostgreSql.Accounts;

/// <summary>A row as it is to be written.</summary>
internal readonly struct AccountWrite
{
    private static readonly DateTime Earliest = new(1, 1, 2, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Latest = new(9999, 12, 31, 0, 0, 0, DateTimeKind.Utc);

    public AccountWrite(AccountSlot slot, CustomerHistory history)
    {
        Slot = slot;
        Account = AccountCodec.Write(history);

        // Rounded so that a cart found by its time has expired, and a send that is uncertain is found.
        NextRelease = Rounded(slot.Account.NextRelease, TimeSpan.TicksPerMicrosecond - 1);
        NextUncertain = Rounded(slot.Account.NextUncertain, 0);
    }

    public AccountSlot Slot { get; }

    public byte[] Account { get; }

    public DateTime? NextRelease { get; }

    public DateTime? NextUncertain { get; }

    // The very first and last instants mean infinity to the driver.
    private static DateTime? Rounded(DateTimeOffset? instant, long add)
    {
        if (instant is not { } at)
        {
            return null;
        }

        return at <= Earliest ? Earliest : at >= Latest ? Latest : new DateTime((at.UtcTicks + add) / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc);
    }
}
