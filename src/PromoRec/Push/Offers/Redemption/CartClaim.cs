using PromoRec.Push.Ledger;
using PromoRec.Push.Offers.Budgets;

namespace PromoRec.Push.Offers.Redemption;

/// <summary>What the offers of a cart need together of one budget.</summary>
internal sealed class CartClaim(BudgetName name)
{
    private readonly List<(CartOffer Offer, BudgetRule Rule)> _owners = [];

    public BudgetName Name { get; } = name;

    public long Amount { get; private set; }

    public long Limit { get; private set; } = long.MaxValue;

    /// <summary>The limit with the overdraft; equal to the limit where there is none or a customer was not shown the offer.</summary>
    public long RaisedLimit { get; private set; } = long.MaxValue;

    /// <summary>The offers that need it, in the order in which they are applied.</summary>
    public IReadOnlyList<(CartOffer Offer, BudgetRule Rule)> Owners => _owners;

    public void Add(CartOffer offer, BudgetRule rule, long amount)
    {
        _owners.Add((offer, rule));
        Amount += amount;
        Limit = Math.Min(Limit, rule.Limit);
        RaisedLimit = Math.Min(RaisedLimit, rule.Limit + (offer.WasShown ? rule.Overdraft : 0));
    }

    public BudgetClaim ToClaim(bool isRaised) => new(Name.Key, Name.Period, isRaised ? RaisedLimit : Limit, Amount);
}
