using System.Collections.Immutable;

namespace PromoRec.Push.Ledger;

/// <summary>How many entries with the same labels a ledger has dropped because they were old. Only caps without a window still count them.</summary>
/// <param name="Labels">Their labels.</param>
/// <param name="Count">How many there were.</param>
public readonly record struct ForgottenCount(ImmutableArray<LedgerLabel> Labels, int Count);
