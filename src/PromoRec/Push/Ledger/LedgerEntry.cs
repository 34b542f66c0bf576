using System.Collections.Immutable;

namespace PromoRec.Push.Ledger;

/// <summary>What a ledger remembers of one reservation.</summary>
public sealed record LedgerEntry
{
    /// <summary>How long <see cref="ShortLabels"/> are kept.</summary>
    public static readonly TimeSpan ShortLabelLife = TimeSpan.FromDays(30);

    private static readonly ImmutableArray<LedgerLabel> DroppedLabels = [default];

    // A ledger in memory holds millions of entries, and caps are counted in ticks.
    private readonly long _at;
    private readonly long _expiresAt;

    /// <summary>Its name among the customer's.</summary>
    public required string Key { get; init; }

    /// <summary>128 bits that tell its content from any other, so that a repeated key can be told from a reused one.</summary>
    public UInt128 Content { get; init; }

    /// <summary>When it is or was sent, in UTC.</summary>
    public required DateTimeOffset At
    {
        get => new(_at, TimeSpan.Zero);
        init => _at = value.UtcTicks;
    }

    /// <summary>How far it has come.</summary>
    public required ReservationState State { get; init; }

    /// <summary>When its time to live ends, in UTC, unless it is settled before.</summary>
    public required DateTimeOffset ExpiresAt
    {
        get => new(_expiresAt, TimeSpan.Zero);
        init => _expiresAt = value.UtcTicks;
    }

    /// <summary>What becomes of it then.</summary>
    public ExpiryAction OnExpiry { get; init; }

    /// <summary>What it can be counted by.</summary>
    public ImmutableArray<LedgerLabel> Labels { get; init; } = [];

    /// <summary>What it can be counted by for 30 days; after that a single label without bits says that there were some.</summary>
    public ImmutableArray<LedgerLabel> ShortLabels { get; init; } = [];

    /// <summary>What it holds of budgets, and what of that has been refunded.</summary>
    public ImmutableArray<BudgetHold> Budgets { get; init; } = [];

    /// <summary>Names of the refunds made.</summary>
    public ImmutableArray<string> Refunds { get; init; } = [];

    /// <summary>Whether its outcome is unknown at an instant.</summary>
    public bool IsUncertainAt(DateTimeOffset now) => UncertainFrom <= now;

    /// <summary>From when on its outcome is unknown unless it is settled before; null when it never will be.</summary>
    internal DateTimeOffset? UncertainFrom => State switch
    {
        ReservationState.Uncertain => DateTimeOffset.MinValue,
        ReservationState.Begun => ExpiresAt,
        ReservationState.Reserved when OnExpiry == ExpiryAction.Count => ExpiresAt,
        _ => null,
    };

    /// <summary>First tick of UTC at which it may be or may have been sent; an instant that lies ahead of what was sent reaches back to now.</summary>
    internal long FirstTick(DateTimeOffset now) => State == ReservationState.Reserved ? _at : Math.Min(_at, now.UtcTicks);

    /// <summary>Last tick of UTC at which it may be or may have been sent.</summary>
    internal long LastTick => State == ReservationState.Reserved ? Math.Max(_at, _expiresAt - 1) : _at;

    /// <summary>Whether it has been given back by its own end.</summary>
    internal bool IsGoneAt(DateTimeOffset now) => State == ReservationState.Reserved && OnExpiry == ExpiryAction.Release && now >= ExpiresAt;

    /// <summary>Whether it had short labels that have been dropped.</summary>
    internal bool HasDroppedLabels => ShortLabels is [{ Bits: 0 }];

    /// <summary>Whether it carries every label of a scope.</summary>
    internal bool IsIn(ReadOnlySpan<LedgerLabel> scope)
    {
        foreach (LedgerLabel label in scope)
        {
            if (!label.IsIn(Labels.AsSpan()) && !label.IsIn(ShortLabels.AsSpan()))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a request takes its stead: only what is held under another key and has not begun can be superseded.</summary>
    internal bool IsSupersededBy(ReservationRequest request, DateTimeOffset now) =>
        State == ReservationState.Reserved && !IsUncertainAt(now) && !string.Equals(Key, request.Key, StringComparison.Ordinal)
        && (Labels.AsSpan().ContainsAny(request.Supersedes.AsSpan()) || ShortLabels.AsSpan().ContainsAny(request.Supersedes.AsSpan()));

    internal LedgerEntry WithoutShortLabels() => ShortLabels.IsEmpty || HasDroppedLabels ? this : this with { ShortLabels = DroppedLabels };

    internal Reservation ToReservation(UserId userId) => new(userId, Key, At, State, ExpiresAt, OnExpiry);
}
