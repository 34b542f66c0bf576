using System.Collections.Immutable;

namespace PromoRec.Push.Ledger;

/// <summary>What a ledger knows of one customer at one moment. Immutable.</summary>
public sealed class CustomerHistory
{
    /// <summary>A history as a store has read it.</summary>
    public CustomerHistory(DateTimeOffset ledgerTime, ImmutableArray<LedgerEntry> entries)
    {
        LedgerTime = ledgerTime;
        Entries = entries.IsDefault ? [] : entries;
    }

    /// <summary>When it was read, by the ledger's clock.</summary>
    public DateTimeOffset LedgerTime { get; }

    /// <summary>Every place that is held or was used, by time; those given back by their own end may still be among them.</summary>
    public ImmutableArray<LedgerEntry> Entries { get; }

    /// <summary>The latest consent version that the ledger was told of; 0 when none.</summary>
    public long ConsentVersion { get; init; }

    /// <summary>Whether the customer has been erased.</summary>
    public bool IsErased { get; init; }

    /// <summary>The time of the latest entry that was dropped because it was old; null when none was.</summary>
    public DateTimeOffset? ForgottenThrough { get; init; }

    /// <summary>What was dropped, for caps without a window.</summary>
    public ImmutableArray<ForgottenCount> Forgotten { get; init; } = [];

    /// <summary>How full a cap is for a send.</summary>
    /// <param name="cap">The cap.</param>
    /// <param name="at">When it would be sent.</param>
    /// <param name="timeToLive">How long after that it might still be sent.</param>
    /// <param name="now">Now; an entry that was sent later than now counts in all the time from now to then.</param>
    public CapCount Count(in CapClaim cap, DateTimeOffset at, TimeSpan timeToLive, DateTimeOffset now) => Count(new CapRule(cap), at, timeToLive, now);

    /// <inheritdoc cref="Count(in CapClaim, DateTimeOffset, TimeSpan, DateTimeOffset)"/>
    internal CapCount Count(in CapRule cap, DateTimeOffset at, TimeSpan timeToLive, DateTimeOffset now) =>
        new CapCounter(Entries.AsSpan(), ForgottenThrough, Forgotten.AsSpan(), except: null).Count(cap, at, CapCounter.After(at, timeToLive) ?? DateTimeOffset.MaxValue, timeToLive, now);
}
