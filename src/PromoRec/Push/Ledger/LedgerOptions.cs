namespace PromoRec.Push.Ledger;

/// <summary>How long a ledger remembers.</summary>
public sealed class LedgerOptions
{
    /// <summary>
    /// How long settled entries are kept: 30 to 800 days, 100 days unless set. No longer window can be counted, and a key may be used
    /// again after that. Caps without a window count what was dropped, too.
    /// </summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(100);
}
