using System.Collections.Immutable;

namespace PromoRec.Push.Ledger;

/// <summary>Which of a customer's places a withdrawal takes away.</summary>
/// <param name="UserId">The customer.</param>
/// <param name="ConsentVersion">The version of the consent after the withdrawal. From now on, decisions that rest on an earlier one are refused.</param>
/// <param name="Scope">Places that are held, not begun, and carry all of these labels are cancelled; an empty scope takes all.</param>
public sealed record Cancellation(UserId UserId, long ConsentVersion, ImmutableArray<LedgerLabel> Scope)
{
    /// <summary>Narrows what is cancelled to the place of this key; null for every place of the scope.</summary>
    public string? Key { get; init; }
}
