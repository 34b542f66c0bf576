using System.Collections.Immutable;

namespace PromoRec.Push.Offers.Pricing;

/// <summary>Applies offers to one basket: exclusive ones first, then group by group, in each by order and id.</summary>
internal sealed class BasketPricer
{
    private static readonly StackingGroup Rest = new(string.Empty, StackingMode.Stackable);

    private readonly Dictionary<OfferId, PricedIncentive> _done = [];
    private readonly OfferLimitOptions _options;
    private readonly Basket _basket;
    private BasketState _state;

    /// <summary>Whether an offer failed, and no other one of its group and no exclusive one was chosen in its stead.</summary>
    private bool _isBroken;

    public BasketPricer(Basket basket, OfferLimitOptions options)
    {
        _basket = basket;
        _options = options;
        _state = new BasketState(basket);
    }

    /// <summary>What one offer would do to the untouched basket.</summary>
    public Reduction Alone(OfferProfile profile) => Try(new StackingCandidate(profile, OfferConstraints.None));

    public BasketPricing Price(IEnumerable<StackingCandidate> candidates, StackingMethod method)
    {
        List<StackingCandidate> ordered = [.. candidates.OrderBy(each => each.Profile.Rules.Order).ThenBy(each => each.Profile.Offer.Id)];
        ThrowIfTwice(ordered);
        List<StackingCandidate> admitted = Admit(ordered);
        if (!TryExclusive(admitted))
        {
            foreach (StackingGroup group in _options.Groups.Append(Rest))
            {
                Apply(group.Mode, [.. admitted.Where(each => !each.Profile.Rules.IsExclusive && each.Profile.Rules.Group == group.Name)]);
            }
        }

        if (method == StackingMethod.AllOrNothing && _isBroken)
        {
            TakeAllBack();
        }

        return new BasketPricing(_basket.Amount, _state.Goods, _state.Shipping, [.. ordered.Select(each => _done[each.Profile.Offer.Id])]);
    }

    private static void ThrowIfTwice(List<StackingCandidate> candidates)
    {
        if (candidates.DistinctBy(each => each.Profile.Offer.Id).Count() < candidates.Count)
        {
            throw new ArgumentException("An offer is in the cart twice. Name each offer once.");
        }
    }

    private List<StackingCandidate> Admit(List<StackingCandidate> ordered)
    {
        List<StackingCandidate> admitted = [];
        int exclusive = 0;
        foreach (StackingCandidate candidate in ordered)
        {
            bool fits = admitted.Count < OfferLimits.MaxIncentives && !(candidate.Profile.Rules.IsExclusive && exclusive == OfferLimits.MaxExclusive);
            exclusive += fits && candidate.Profile.Rules.IsExclusive ? 1 : 0;
            if (fits)
            {
                admitted.Add(candidate);
            }
            else
            {
                Refuse(candidate, candidate.Failed | OfferConstraints.Excluded);
            }
        }

        return admitted;
    }

    /// <summary>The first exclusive offer that can be had is the only one.</summary>
    private bool TryExclusive(List<StackingCandidate> candidates)
    {
        bool isTaken = false;
        foreach (StackingCandidate candidate in candidates.Where(each => each.Profile.Rules.IsExclusive))
        {
            Reduction reduction = Try(candidate);
            if (isTaken)
            {
                Leave(candidate, reduction.Failed | OfferConstraints.Excluded);
            }
            else if (reduction.Failed == OfferConstraints.None)
            {
                isTaken = true;
                Take(candidate, reduction);
            }
            else
            {
                Refuse(candidate, reduction.Failed);
            }
        }

        foreach (StackingCandidate candidate in candidates.Where(each => isTaken && !each.Profile.Rules.IsExclusive))
        {
            Leave(candidate, Try(candidate).Failed | OfferConstraints.Excluded);
        }

        return isTaken;
    }

    private void Apply(StackingMode mode, List<StackingCandidate> group)
    {
        if (mode == StackingMode.Stackable)
        {
            foreach (StackingCandidate candidate in group)
            {
                Settle(candidate, Try(candidate));
            }

            return;
        }

        // All of them are weighed on the basket as the group finds it. One that is chosen is what the group can give.
        List<(StackingCandidate Candidate, Reduction Reduction)> tries = [.. group.Select(each => (each, Try(each)))];
        List<(StackingCandidate Candidate, Reduction Reduction)> possible = [.. tries.Where(each => each.Reduction.Failed == OfferConstraints.None)];
        StackingCandidate? winner = possible.Count == 0 ? null : mode switch
        {
            StackingMode.HighestForUser => possible.MaxBy(each => each.Reduction.Total).Candidate,
            StackingMode.LowestForShop => possible.MinBy(each => each.Reduction.Total).Candidate,
            _ => possible[0].Candidate,
        };
        foreach ((StackingCandidate candidate, Reduction reduction) in tries)
        {
            if (winner is { } other && other != candidate)
            {
                Leave(candidate, reduction.Failed == OfferConstraints.None ? OfferConstraints.Excluded : reduction.Failed);
            }
            else
            {
                Settle(candidate, reduction);
            }
        }
    }

    private Reduction Try(StackingCandidate candidate)
    {
        Reduction reduction = OfferReductions.Of(candidate.Profile, _state, _options);
        return reduction with { Failed = reduction.Failed | candidate.Failed };
    }

    private void Settle(StackingCandidate candidate, Reduction reduction)
    {
        if (reduction.Failed == OfferConstraints.None)
        {
            Take(candidate, reduction);
        }
        else
        {
            Refuse(candidate, reduction.Failed);
        }
    }

    private void Take(StackingCandidate candidate, Reduction reduction)
    {
        decimal before = _state.Goods;
        _state.Apply(reduction, candidate.Profile.IsForItems);
        _done[candidate.Profile.Offer.Id] = new PricedIncentive
        {
            Offer = candidate.Profile.Offer.Id,
            Initial = _basket.Amount,
            Current = before,
            After = _state.Goods,
            LineDiscounts = [.. reduction.Lines],
            ShippingDiscount = reduction.Shipping,
            Points = reduction.Points,
        };
    }

    private void Refuse(StackingCandidate candidate, OfferConstraints failed)
    {
        _isBroken = true;
        Leave(candidate, failed);
    }

    private void Leave(StackingCandidate candidate, OfferConstraints failed) => _done[candidate.Profile.Offer.Id] = new PricedIncentive
    {
        Offer = candidate.Profile.Offer.Id,
        Failed = failed,
        Initial = _basket.Amount,
        Current = _state.Goods,
        After = _state.Goods,
    };

    private void TakeAllBack()
    {
        _state = new BasketState(_basket);
        foreach (PricedIncentive each in _done.Values.ToImmutableArray())
        {
            _done[each.Offer] = new PricedIncentive
            {
                Offer = each.Offer,
                Failed = each.IsApplied ? OfferConstraints.Excluded : each.Failed,
                Initial = _basket.Amount,
                Current = _basket.Amount,
                After = _basket.Amount,
            };
        }
    }
}
