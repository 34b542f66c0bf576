namespace PromoRec.Profiles;

/// <summary>Whether a customer buys what is cheap or what is dear inside its category.</summary>
/// <param name="Position">
/// 0 for the cheapest, 1 for the dearest: mean place of the bought items' catalog prices among the prices of their categories, drawn towards
/// 0.5 as if <see cref="CustomerProfileOptions.PricePriorPurchases"/> more had been bought in the middle. Above 0 and below 1.
/// </param>
/// <param name="Evidence">Decayed number of purchases that this rests on; 0 or above.</param>
public readonly record struct PriceAffinity(double Position, double Evidence);
