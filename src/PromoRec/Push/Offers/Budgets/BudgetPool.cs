namespace PromoRec.Push.Offers.Budgets;

/// <summary>What shares a budget.</summary>
public enum BudgetPool
{
    /// <summary>The offer has it for itself.</summary>
    Offer = 0,

    /// <summary>All offers of the campaign share it.</summary>
    Campaign = 1,
}
