using PromoRec.Push.Ledger;

namespace PromoRec.Push;

/// <summary>What a deferred push waits for together with others.</summary>
/// <param name="Kind">Which of them is sent.</param>
/// <param name="Label">What all of them have in common.</param>
internal sealed record PushWait(PushWaitKind Kind, LedgerLabel Label);
