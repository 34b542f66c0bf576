using PromoRec.Push.Offers.Budgets;

namespace PromoRec.Push.Offers.Redemption;

/// <summary>A budget that a cart has gone above, because its customer was shown the offer.</summary>
/// <param name="Offer">The offer.</param>
/// <param name="Budget">The budget.</param>
/// <param name="Amount">How far above the limit the budget was with this cart; others that came at the same moment may have added to it.</param>
public sealed record BudgetOverdraft(OfferId Offer, OfferBudget Budget, decimal Amount);
