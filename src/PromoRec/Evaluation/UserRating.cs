namespace PromoRec.Evaluation;

/// <summary>A rating that was held out for the test.</summary>
/// <param name="User">The customer.</param>
/// <param name="Item">The item.</param>
/// <param name="Rating">What the customer gave it.</param>
public readonly record struct UserRating(UserId User, ItemId Item, double Rating);
