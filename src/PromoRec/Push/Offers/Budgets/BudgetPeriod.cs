namespace PromoRec.Push.Offers.Budgets;

/// <summary>After which time a budget starts anew, by the shop's calendar.</summary>
public enum BudgetPeriod
{
    /// <summary>Never.</summary>
    Total = 0,

    /// <summary>Every day.</summary>
    Day = 1,

    /// <summary>Every week; on which day, the options say.</summary>
    Week = 2,

    /// <summary>Every month.</summary>
    Month = 3,
}
