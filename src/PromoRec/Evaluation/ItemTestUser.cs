namespace PromoRec.Evaluation;

/// <summary>A test customer with what was held out.</summary>
/// <param name="User">The customer.</param>
/// <param name="Row">Row in the model; -1 where it does not know the customer.</param>
/// <param name="HeldOut">The distinct relevant items, ascending.</param>
internal sealed record ItemTestUser(UserId User, int Row, ItemId[] HeldOut)
{
    public bool IsKnown => Row >= 0;
}
