namespace PromoRec.Evaluation;

/// <summary>A customer with an item: one that was held out for the test, or a candidate to rank.</summary>
/// <param name="User">The customer.</param>
/// <param name="Item">The item.</param>
public readonly record struct UserItem(UserId User, ItemId Item);
