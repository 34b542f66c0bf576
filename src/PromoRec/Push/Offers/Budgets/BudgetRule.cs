using System.Collections.Immutable;
using PromoRec.Push.Ledger;
using PromoRec.Push.Offers.Pricing;

namespace PromoRec.Push.Offers.Budgets;

/// <summary>A budget of one offer, worked out as far as it goes without a customer.</summary>
internal sealed class BudgetRule
{
    /// <param name="budget">The budget.</param>
    /// <param name="offer">The offer that has it.</param>
    /// <param name="campaign">The campaign of the offer.</param>
    /// <param name="isOnly">Whether the offer has no other.</param>
    public BudgetRule(OfferBudget budget, OfferId offer, string campaign, bool isOnly = true)
    {
        Budget = budget;
        string which = isOnly ? string.Empty : $":{BudgetKeys.NameOf(budget)}";
        (LimitInput, TakenInput, PushesInput) = ($"{PushInputs.Budget}{which}", $"{PushInputs.Taken}{which}", $"{PushInputs.Pushes}{which}");
        string pool = BudgetKeys.Pool(budget.Pool, offer, campaign);
        Key = BudgetKeys.Of(budget, pool);
        PushesKey = BudgetKeys.Pushes(pool);
        Limit = ToUnits(budget.Measure, budget.Limit);
        Overdraft = ToUnits(budget.Measure, budget.Overdraft);
    }

    public OfferBudget Budget { get; }

    /// <summary>What its limit is called in traces and flips; offers with several budgets need names for each.</summary>
    public string LimitInput { get; }

    /// <summary>What is taken of it, as it is called in traces.</summary>
    public string TakenInput { get; }

    /// <summary>The pushes that are weighed against it, as they are called in traces.</summary>
    public string PushesInput { get; }

    /// <summary>The key, when all customers share the budget; else what all of its keys begin with.</summary>
    public string Key { get; }

    /// <summary>What counts the pushes of its pool.</summary>
    public string PushesKey { get; }

    /// <summary>The limit in the units of a ledger.</summary>
    public long Limit { get; }

    public long Overdraft { get; }

    /// <summary>Whether all customers share it, once and for all, so that pushes are weighed against it.</summary>
    public bool IsShared => Budget is { Holder: BudgetHolder.Everyone, Period: BudgetPeriod.Total };

    public static long ToUnits(BudgetMeasure measure, decimal amount) => measure == BudgetMeasure.Redemptions ? (long)amount : Money.ToUnits(amount);

    public static decimal FromUnits(BudgetMeasure measure, long units) => measure == BudgetMeasure.Redemptions ? units : Money.FromUnits(units);

    /// <summary>The constraint that fails when it is used up.</summary>
    public OfferConstraints Constraint(bool isGuest) => Budget.Holder switch
    {
        BudgetHolder.Identifier => OfferConstraints.IdentifierLimit,
        BudgetHolder.Customer => isGuest ? OfferConstraints.IdentifierLimit : OfferConstraints.UserLimit,
        BudgetHolder.Session => OfferConstraints.UserLimit,
        _ => OfferConstraints.BudgetExhausted,
    };

    /// <summary>How many holders a customer or basket is to it: each has a budget of their own that must hold.</summary>
    public int CountHolders(PushCustomer customer, Basket? basket) => Budget.Holder switch
    {
        BudgetHolder.Everyone => 1,
        BudgetHolder.Customer when !customer.IsGuest => 1,
        BudgetHolder.Customer or BudgetHolder.Identifier => CountIdentifiers(customer),
        BudgetHolder.Store => string.IsNullOrEmpty(basket?.Store) ? 0 : 1,
        _ => string.IsNullOrEmpty(basket?.Session) ? 0 : 1,
    };

    /// <summary>Whether a key is one of its own.</summary>
    public bool Owns(string key) => Budget.Holder == BudgetHolder.Everyone ? key == Key : key.StartsWith(Key, StringComparison.Ordinal);

    /// <summary>The keys of all holders that a customer or basket is to it; none where it has no holder.</summary>
    public ImmutableArray<string> Keys(PushCustomer customer, Basket? basket, ReadOnlySpan<byte> secret)
    {
        switch (Budget.Holder)
        {
            case BudgetHolder.Everyone:
                return [Key];
            case BudgetHolder.Customer when !customer.IsGuest:
                return [Key + BudgetKeys.Pseudonym(secret, "customer", customer.UserId.ToString())];
            case BudgetHolder.Customer or BudgetHolder.Identifier:
                return IdentifierKeys(customer, secret);
            case BudgetHolder.Store:
                return CountHolders(customer, basket) == 0 ? [] : [Key + BudgetKeys.Name(basket!.Store!)];
            default:
                return CountHolders(customer, basket) == 0 ? [] : [Key + BudgetKeys.Pseudonym(secret, "session", basket!.Session!)];
        }
    }

    /// <summary>Whether so little is left that not even the smallest redemption fits; also when the level of one of the holders is missing.</summary>
    /// <param name="levels">Levels of budgets, among them its own.</param>
    /// <param name="period">The period that is asked about. A level for an earlier one says that nothing is taken in this.</param>
    /// <param name="holders">How many holders there are.</param>
    /// <param name="taken">The highest level.</param>
    public bool IsExhausted(ReadOnlySpan<BudgetLevel> levels, ReadOnlySpan<char> period, int holders, out long taken)
    {
        int known = 0;
        taken = 0;
        foreach (ref readonly BudgetLevel level in levels)
        {
            int order = level.Period.AsSpan().SequenceCompareTo(period);
            if (order <= 0 && Owns(level.Key))
            {
                known++;
                taken = Math.Max(taken, order == 0 ? level.Taken : 0);
            }
        }

        return known < holders || taken >= Limit;
    }

    private bool Binds(in KeyValuePair<string, string> identifier) =>
        !string.IsNullOrEmpty(identifier.Value) && (Budget.Identifier is not { } name || string.Equals(identifier.Key, name, StringComparison.Ordinal));

    private int CountIdentifiers(PushCustomer customer)
    {
        int count = 0;
        ReadOnlySpan<KeyValuePair<string, string>> identifiers = customer.Identifiers.AsSpan();
        for (int i = 0; i < identifiers.Length; i++)
        {
            count += Binds(identifiers[i]) && !identifiers[..i].Contains(identifiers[i], null) ? 1 : 0;
        }

        return count;
    }

    private ImmutableArray<string> IdentifierKeys(PushCustomer customer, ReadOnlySpan<byte> secret)
    {
        ImmutableArray<string>.Builder keys = ImmutableArray.CreateBuilder<string>();
        foreach (ref readonly KeyValuePair<string, string> identifier in customer.Identifiers.AsSpan())
        {
            string key = Binds(identifier) ? Key + BudgetKeys.Pseudonym(secret, $"id:{identifier.Key}", identifier.Value) : string.Empty;
            if (key.Length > 0 && !keys.Contains(key))
            {
                keys.Add(key);
            }
        }

        return keys.ToImmutable();
    }
}
