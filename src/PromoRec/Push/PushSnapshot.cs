using System.Collections.Immutable;
using PromoRec.Consent;
using PromoRec.Push.Ledger;

namespace PromoRec.Push;

/// <summary>All that a decision looks at besides the request. Immutable: the same snapshot and request give the same decision and the same trace.</summary>
/// <param name="Now">When the decision is made, by the ledger's clock.</param>
/// <param name="Customer">What the host knows of the customer.</param>
/// <param name="Consent">What the customer has said.</param>
/// <param name="History">What was sent, and what is held.</param>
public sealed record PushSnapshot(DateTimeOffset Now, PushCustomer Customer, ConsentView Consent, CustomerHistory History)
{
    /// <summary>How much of the offer's budgets is taken; empty when the offer has none.</summary>
    public ImmutableArray<BudgetLevel> Budgets { get; init; } = [];

    /// <summary>The keys of the places that requests of the same list have got, or would get.</summary>
    internal ImmutableArray<string> Batch { get; init; } = [];
}
