using System.Collections.Immutable;

namespace PromoRec.Push.Ledger;

/// <summary>Asks a ledger for a place under every cap and budget at once: all of them or none.</summary>
public sealed record ReservationRequest
{
    /// <summary>Longest <see cref="Key"/> in characters.</summary>
    public const int MaxKeyLength = 200;

    /// <summary>Whose caps they are.</summary>
    public required UserId UserId { get; init; }

    /// <summary>
    /// Names this reservation among the customer's: 1 to 200 characters. The same key with the same content gets the first answer again and
    /// takes nothing more; with other content it is a conflict, unless <see cref="IfHeld"/> says otherwise. Content is <see cref="Labels"/>, <see cref="ShortLabels"/>, the keys and amounts of
    /// <see cref="Budgets"/> and <see cref="OnExpiry"/>; caps, limits, periods and times may differ. A key is remembered as long as its entry.
    /// </summary>
    public required string Key { get; init; }

    /// <summary>When it will be sent; null for now, by the ledger's own clock. An instant that has passed is now.</summary>
    public DateTimeOffset? PlannedAt { get; init; }

    /// <summary>What later caps can count it by. Frozen: what is reserved keeps its labels.</summary>
    public ImmutableArray<LedgerLabel> Labels { get; init; } = [];

    /// <summary>Labels that are dropped after 30 days, so that what is unique to a send, such as a hash of its content, does not fill the ledger.</summary>
    public ImmutableArray<LedgerLabel> ShortLabels { get; init; } = [];

    /// <summary>Short labels that are no part of the content, because they say how things stood when it was decided: which night's end it waits for, say. Those of the latest request hold.</summary>
    public ImmutableArray<LedgerLabel> Marks { get; init; } = [];

    /// <summary>
    /// Places of other keys that this one takes the stead of: those that are held, have not begun, and carry one or more of these labels. They are given back in the same step when it is granted, it is checked as if they
    /// were not there, and when it is refused they stay.
    /// </summary>
    public ImmutableArray<LedgerLabel> Supersedes { get; init; } = [];

    /// <summary>Caps it must respect.</summary>
    public ImmutableArray<CapClaim> Caps { get; init; } = [];

    /// <summary>Budgets it takes from; no two with equal key and period.</summary>
    public ImmutableArray<BudgetClaim> Budgets { get; init; } = [];

    /// <summary>
    /// How long the place is held from <see cref="PlannedAt"/> on, at most 30 days; 15 minutes unless set. It ends earlier at <see cref="NotAfter"/> and where a fixed window of its caps ends.
    /// Until then it may be sent at any moment, so that it counts in every window that it could fall into.
    /// </summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// First instant at which it may no longer be sent, because quiet hours begin or the offer ends: the place is held no longer, and from then on the answer is
    /// <see cref="ReservationStatus.WindowMoved"/>. Null for none.
    /// </summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>What becomes of it when that time ends.</summary>
    public ExpiryAction OnExpiry { get; init; }

    /// <summary>What to do when the customer already holds a place of this key.</summary>
    public HeldAction IfHeld { get; init; }

    /// <summary>The version of the customer's consent that the decision rests on. If the ledger knows a later one, the answer is <see cref="ReservationStatus.ConsentChanged"/>.</summary>
    public long ConsentVersion { get; init; }

    internal bool IsRecheck => IfHeld is HeldAction.Recheck or HeldAction.RecheckOnly;

    /// <summary>Throws if the request cannot be one, naming the first fault.</summary>
    /// <exception cref="ArgumentException">A property is out of its range.</exception>
    public void ThrowIfInvalid() => RequestCheck.ThrowIfInvalid(this);
}
