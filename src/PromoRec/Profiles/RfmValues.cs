namespace PromoRec.Profiles;

/// <summary>Recency, frequency and monetary value of a customer's purchases.</summary>
/// <param name="LastPurchaseAt">Time of the latest purchase, however long ago; null when there is none whose time is known.</param>
/// <param name="Recency">Time since then; null as above.</param>
/// <param name="Frequency">Orders inside <see cref="CustomerProfileOptions.PurchaseWindow"/>.</param>
/// <param name="Monetary">
/// What was paid inside the window, less what was given back, in the shop's currency. Where an event says no amount, its value times the
/// catalog's price stands in; an item without a price counts nothing.
/// </param>
public readonly record struct RfmValues(DateTimeOffset? LastPurchaseAt, TimeSpan? Recency, int Frequency, decimal Monetary);
