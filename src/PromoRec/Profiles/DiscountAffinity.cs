namespace PromoRec.Profiles;

/// <summary>How often a customer buys with a discount.</summary>
/// <param name="Share">
/// (discounted + m·p) / (orders + m), where p is <see cref="CustomerProfileOptions.DiscountPriorShare"/> and m <see cref="CustomerProfileOptions.DiscountPriorOrders"/>: from 0 to 1.
/// </param>
/// <param name="Orders">Orders and redemptions inside the window.</param>
/// <param name="Discounted">Those of them with an offer, a discount above 0 or a redemption.</param>
public readonly record struct DiscountAffinity(double Share, int Orders, int Discounted);
