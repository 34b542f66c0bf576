using System.Globalization;

namespace PromoRec.Testing.Simulation;

/// <summary>The probabilities that a simulated shop's events are drawn from.</summary>
/// <remarks>
/// Customers, items and offers are given by number, from 0; ids become numbers with <see cref="ShopSimulator.CustomerNumber"/> and its
/// siblings. Everything is exact: nothing is estimated from events. Immutable; any number of threads may ask. The guide
/// <c>docs/guide/simulator.md</c> has the formulas together.
/// </remarks>
public sealed class ShopTruth
{
    /// <summary>Affinities are cut to this on both sides.</summary>
    public const double MaxAffinity = 4;

    /// <summary>Share of redeeming customers who click on the push before.</summary>
    internal const double ClickIfRedeemed = 0.8;

    private readonly ShopWorld _shop;

    internal ShopTruth(ShopWorld shop) => _shop = shop;

    /// <summary>Share of a customer's views, visits by visits, that go to an item. Over all items it sums to 1.</summary>
    /// <remarks>(1 - ℓ) · θ(category) · ψ(tier | category) · w(item | category, tier), plus ℓ times the item's share among the customer's favourites.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">There is no such customer or item.</exception>
    public double ViewProbability(int customer, int item)
    {
        Check(customer, item);
        double loyalty = _shop.Customers.Traits(customer).Loyalty;
        return ((1 - loyalty) * TasteRatio(customer, item) * _shop.Items.Popularity(item))
            + (loyalty * FavouriteShare(customer, OfferTargetKind.Item, item));
    }

    /// <summary>How much more a customer's taste goes to items like this one than everybody's does: the logarithm of the ratio, cut to [-4, 4].</summary>
    /// <remarks>ln(θ(category) ψ(tier | category) / the same two by popularity alone). Favourites play no part. 0 for a customer without any taste.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">There is no such customer or item.</exception>
    public double Affinity(int customer, int item)
    {
        Check(customer, item);
        return Cut(PortableMath.Log(TasteRatio(customer, item)));
    }

    /// <summary>That a customer who views an item puts it into the cart: logistic(-1.1 + 0.35 affinity - 0.8 price sensitivity · dearness).</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such customer or item.</exception>
    public double CartProbability(int customer, int item) => CartProbability(customer, item, Affinity(customer, item));

    /// <summary>That a customer who has put an item into the cart buys it: logistic(0.4 + 0.15 affinity - 0.6 price sensitivity · dearness).</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such customer or item.</exception>
    public double BuyProbability(int customer, int item) => BuyProbability(customer, item, Affinity(customer, item));

    /// <summary>That one view of a customer is of this item and ends in its purchase: the view's, the cart's and the buying probability multiplied.</summary>
    /// <remarks>Ranking by it is the best that any recommender can do on purchases; what offers sell comes on top.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">There is no such customer or item.</exception>
    public double PurchaseProbability(int customer, int item)
    {
        double affinity = Affinity(customer, item);
        return ViewProbability(customer, item) * CartProbability(customer, item, affinity) * BuyProbability(customer, item, affinity);
    }

    /// <summary>How much more a customer goes to an offer's targets than everybody does: the logarithm of the ratio of view shares, cut to [-4, 4].</summary>
    /// <remarks>Favourites count here. 0 for an offer on the whole shop.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">There is no such customer or offer.</exception>
    public double OfferAffinity(int customer, int offer)
    {
        CheckCustomer(customer);
        return OfferAffinity(customer, Plan(offer));
    }

    /// <summary>What follows when an offer is pushed to a customer at a time on a channel, and what follows when it is not.</summary>
    /// <param name="customer">The customer's number.</param>
    /// <param name="offer">The offer's number.</param>
    /// <param name="at">When the push arrives.</param>
    /// <param name="channel">Where it arrives.</param>
    /// <param name="fatigue">The sum over the customer's earlier pushes of e to the power of minus their age in weeks: 0 or above.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such customer or offer, or the fatigue is below 0.</exception>
    public PushOdds Push(int customer, int offer, DateTimeOffset at, SimulatedChannel channel, double fatigue = 0)
    {
        CheckCustomer(customer);
        ArgumentOutOfRangeException.ThrowIfNegative(fatigue);
        OfferPlan plan = Plan(offer);
        return Push(customer, plan, OfferAffinity(customer, plan), _shop.Clock.Ms(at), channel, fatigue);
    }

    internal double CartProbability(int customer, int item, double affinity) =>
        PortableMath.Logistic(-1.1 + (0.35 * affinity) - (0.8 * _shop.Customers.Traits(customer).PriceSensitivity * _shop.Items.Dearness(item)));

    internal double BuyProbability(int customer, int item, double affinity) =>
        PortableMath.Logistic(0.4 + (0.15 * affinity) - (0.6 * _shop.Customers.Traits(customer).PriceSensitivity * _shop.Items.Dearness(item)));

    internal double OfferAffinity(int customer, OfferPlan offer)
    {
        if (offer.TargetKind == OfferTargetKind.WholeShop)
        {
            return 0;
        }

        double share = 0;
        foreach (int target in offer.Targets)
        {
            share += TargetShare(customer, offer.TargetKind, target);
        }

        return Cut(PortableMath.Log(share / offer.BaseMass));
    }

    internal PushOdds Push(int customer, OfferPlan offer, double affinity, long ms, SimulatedChannel channel, double fatigue)
    {
        ref readonly CustomerTraits traits = ref _shop.Customers.Traits(customer);
        double hourFit = _shop.Clock.HourFit(traits.Profile, traits.Zone, ms);
        double taste = traits.ChannelTaste(channel);

        double organic = -3.8 + (0.7 * affinity) + ((1 + (2 * traits.PriceSensitivity)) * offer.Depth);
        double lift = traits.Responsiveness + taste + (0.6 * (hourFit - 0.5)) - (0.35 * fatigue);
        double redeem = PortableMath.Logistic(organic + lift);
        double clickOtherwise = PortableMath.Logistic(-2.6 + (0.5 * affinity) + (0.5 * taste) + (0.6 * hourFit) - (0.3 * fatigue));
        double dismissOtherwise = PortableMath.Logistic(-1.2 - (0.4 * affinity) + (0.3 * fatigue));
        double unsubscribeAfter = PortableMath.Logistic(-4 + traits.OptOutTendency + (0.4 * fatigue));

        double dismiss = (1 - redeem) * (1 - clickOtherwise) * dismissOtherwise;
        return new PushOdds(
            RedeemIfPushed: redeem,
            RedeemIfNotPushed: PortableMath.Logistic(organic),
            Click: (redeem * ClickIfRedeemed) + ((1 - redeem) * clickOtherwise),
            Dismiss: dismiss,
            Unsubscribe: dismiss * unsubscribeAfter);
    }

    /// <summary>θ(category) ψ(tier | category) over the same by popularity: the tier's popularity cancels out.</summary>
    internal double TasteRatio(int customer, int item)
    {
        CustomerWorld customers = _shop.Customers;
        int category = _shop.Items.Category(item);
        return customers.CategoryShare(customer, category) * customers.TierBoost(customer)[_shop.Items.Tier(item)] / customers.BoostedMass(customer, category);
    }

    internal static double Cut(double affinity) => Math.Clamp(affinity, -MaxAffinity, MaxAffinity);

    private double TargetShare(int customer, OfferTargetKind kind, int target)
    {
        ItemWorld items = _shop.Items;
        double share = 0;
        switch (kind)
        {
            case OfferTargetKind.Item:
                share = TasteRatio(customer, target) * items.Popularity(target);
                break;
            case OfferTargetKind.Category:
                share = _shop.Customers.CategoryShare(customer, target);
                break;
            case OfferTargetKind.Brand:
                ReadOnlySpan<float> boost = _shop.Customers.TierBoost(customer);
                foreach ((int cell, double ofCell) in items.BrandCells.AsSpan(items.BrandCellStart[target]..items.BrandCellStart[target + 1]))
                {
                    int category = cell / ItemWorld.Tiers;
                    double tierShare = items.CellMass[cell] * boost[cell % ItemWorld.Tiers] / _shop.Customers.BoostedMass(customer, category);
                    share += _shop.Customers.CategoryShare(customer, category) * tierShare * ofCell;
                }

                break;
        }

        double loyalty = _shop.Customers.Traits(customer).Loyalty;
        return ((1 - loyalty) * share) + (loyalty * FavouriteShare(customer, kind, target));
    }

    private double FavouriteShare(int customer, OfferTargetKind kind, int target)
    {
        int hits = 0;
        foreach (int favourite in _shop.Customers.FavouritesOf(customer))
        {
            int group = kind switch
            {
                OfferTargetKind.Item => favourite,
                OfferTargetKind.Category => _shop.Items.Category(favourite),
                _ => _shop.Items.Brand(favourite),
            };
            hits += group == target ? 1 : 0;
        }

        return hits / (double)CustomerWorld.Favourites;
    }

    private OfferPlan Plan(int offer)
    {
        CheckNumber(offer, _shop.Offers.Count, nameof(offer));
        return _shop.Offers[offer];
    }

    private void Check(int customer, int item)
    {
        CheckCustomer(customer);
        CheckNumber(item, _shop.Items.Count, nameof(item));
    }

    private void CheckCustomer(int customer) => CheckNumber(customer, _shop.Customers.Count, nameof(customer));

    private static void CheckNumber(int number, int count, string name)
    {
        if ((uint)number >= (uint)count)
        {
            throw new ArgumentOutOfRangeException(name, string.Create(CultureInfo.InvariantCulture, $"The {name} number is {number}, but this shop has numbers from 0 to {count - 1}."));
        }
    }
}
