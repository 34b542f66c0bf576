namespace PromoRec.Push;

/// <summary>What it means when a ledger refuses a claim.</summary>
/// <param name="Policy">The policy that claimed.</param>
/// <param name="Reason">Why the push is dropped then.</param>
/// <param name="Failed">The constraint that the offer fails then.</param>
/// <param name="MayDefer">Whether the policy might defer instead of dropping.</param>
internal readonly record struct PushClaim(string Policy, PushReason Reason, OfferConstraints Failed, bool MayDefer);
