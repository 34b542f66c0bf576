namespace PromoRec.Testing.Simulation;

/// <summary>What follows from deciding about one push, as true probabilities.</summary>
/// <param name="RedeemIfPushed">That the customer redeems the offer within seven days when it is pushed.</param>
/// <param name="RedeemIfNotPushed">The same when it is not.</param>
/// <param name="Click">That the customer clicks on the push when it is sent.</param>
/// <param name="Dismiss">That the customer dismisses the push when it is sent, including those who then unsubscribe.</param>
/// <param name="Unsubscribe">That the customer unsubscribes from all pushes when it is sent.</param>
public readonly record struct PushOdds(double RedeemIfPushed, double RedeemIfNotPushed, double Click, double Dismiss, double Unsubscribe)
{
    /// <summary>What the push changes: <see cref="RedeemIfPushed"/> less <see cref="RedeemIfNotPushed"/>; negative for a customer whom pushes annoy.</summary>
    public double Uplift => RedeemIfPushed - RedeemIfNotPushed;
}
