namespace PromoRec.Consent;

/// <summary>Is told what customers have said after it was stored, and before the call that said it returns.</summary>
/// <remarks>
/// A refusal is told again whenever the call that made it is repeated, so that what failed is completed: an observer does the same twice without harm. All
/// observers are told even if one of them fails; then the call fails, although what the customer said is stored. Cancelling the call does not stop the telling.
/// </remarks>
public interface IConsentObserver
{
    /// <summary>Called after the events are durable.</summary>
    /// <param name="change">What was said.</param>
    /// <param name="cancellationToken">Not cancelled when the caller's is.</param>
    ValueTask OnChangedAsync(ConsentChange change, CancellationToken cancellationToken = default);
}
