using PromoRec.Push.Offers.Budgets;

namespace PromoRec.Push.Offers.Redemption;

/// <summary>A budget that had not enough left for a cart.</summary>
/// <param name="Offer">The offer that needed it.</param>
/// <param name="Budget">The budget.</param>
/// <param name="Taken">How much of it others had taken.</param>
/// <param name="Limit">How much there was for this cart, with an overdraft where it could be used.</param>
public sealed record BudgetRefusal(OfferId Offer, OfferBudget Budget, decimal Taken, decimal Limit);
