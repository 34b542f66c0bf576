namespace PromoRec.Push.Offers.Budgets;

/// <summary>Who has a budget of their own.</summary>
public enum BudgetHolder
{
    /// <summary>Nobody: all customers share it.</summary>
    Everyone = 0,

    /// <summary>Each customer. A guest's is bound to each identifier of the guest; a guest without any is refused.</summary>
    Customer = 1,

    /// <summary>Each device, address or card. A customer of whom none is known is refused.</summary>
    Identifier = 2,

    /// <summary>Each store. A basket that names none is refused.</summary>
    Store = 3,

    /// <summary>Each session. A basket that names none is refused.</summary>
    Session = 4,
}
