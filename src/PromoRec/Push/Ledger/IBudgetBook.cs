namespace PromoRec.Push.Ledger;

/// <summary>The shared budgets as one operation on an account sees them. The store holds them still until the operation is done.</summary>
internal interface IBudgetBook
{
    /// <summary>Units taken of a budget, up to now and in this operation.</summary>
    long Taken(in BudgetClaim claim);

    /// <summary>Takes what a claim asks for.</summary>
    void Take(in BudgetClaim claim);

    /// <summary>Gives units back.</summary>
    void GiveBack(string key, string period, long amount);
}
