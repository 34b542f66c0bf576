using PromoRec.Push.Calendar;
using PromoRec.Push.Ledger;
using PromoRec.Push.Offers.Budgets;
using PromoRec.Push.Offers.Pricing;

namespace PromoRec.Push.Offers.Redemption;

/// <summary>Finds which offers of a cart can be had, and holds their budgets.</summary>
internal sealed class CartReserver(OfferLimits limits, IReservationLedger ledger, ZoneResolver zones)
{
    /// <param name="request">The cart.</param>
    /// <param name="now">Now.</param>
    /// <param name="isReserved">Whether this is what reserves it, so that an offer that needs a reservation has one.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public async ValueTask<RedemptionResult> HoldAsync(RedemptionRequest request, DateTimeOffset now, bool isReserved, CancellationToken cancellationToken)
    {
        List<StackingCandidate> candidates = [.. request.Offers.Select(offer => Candidate(request, offer, now, isReserved))];
        List<BudgetRefusal> refusals = [];
        while (true)
        {
            BasketPricing pricing = limits.Price(request.Basket, candidates, request.Method);
            if (!pricing.IsAnyApplied)
            {
                return new RedemptionResult { Status = RedemptionStatus.Refused, Pricing = pricing, Refusals = [.. refusals] };
            }

            // Each turn takes at least one offer out, so this ends.
            CartPlan plan = CartPlan.Of(request, pricing, limits, now);
            if (plan.Claims.Count > CartPlan.MaxClaims)
            {
                Fail(candidates, pricing.Incentives.Last(static each => each.IsApplied).Offer, OfferConstraints.Excluded);
                continue;
            }

            Dictionary<CartClaim, long> raised = [];
            ReservationResult answer = await TryHoldAsync(plan, raised, cancellationToken).ConfigureAwait(false);
            if (answer.Status != ReservationStatus.Refused)
            {
                return Result(answer, pricing) with { Refusals = [.. refusals], Overdrafts = [.. raised.Select(each => Overdraft(each.Key, each.Value))] };
            }

            Exclude(candidates, plan, answer, raised, request, refusals);
        }
    }

    private StackingCandidate Candidate(RedemptionRequest request, CartOffer offer, DateTimeOffset now, bool isReserved)
    {
        OfferProfile profile = limits.ProfileOf(offer.Offer);
        OfferConstraints failed = limits.Eligibility.Check(profile, new OfferInquiry
        {
            Offer = offer.Offer,
            Customer = request.Customer,
            At = now,
            PublishedAt = offer.PublishedAt,
            Zone = zones.Resolve(request.Customer),
            Basket = request.Basket,
            IsReserved = isReserved,
        });
        return new StackingCandidate(profile, failed);
    }

    /// <summary>Holds a place within the limits, or, where that does not suffice and the customer was shown the offers concerned, within their overdrafts.</summary>
    /// <param name="plan">What the cart asks for.</param>
    /// <param name="raised">Gets the claims that use their overdrafts, and what others had taken.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    private async ValueTask<ReservationResult> TryHoldAsync(CartPlan plan, Dictionary<CartClaim, long> raised, CancellationToken cancellationToken)
    {
        while (true)
        {
            ReservationRequest request = plan.ToReservation(limits.Options.ReservationTimeToLive, raised.Keys);
            ReservationResult answer = await ledger.TryReserveAsync(request, cancellationToken).ConfigureAwait(false);
            if (answer.Status != ReservationStatus.Refused || answer.Refusals.Any(refusal => !CanRaise(plan.Claims[refusal.Index], raised)))
            {
                return answer;
            }

            foreach (ClaimRefusal refusal in answer.Refusals)
            {
                raised.Add(plan.Claims[refusal.Index], refusal.Observed);
            }
        }
    }

    private static bool CanRaise(CartClaim claim, Dictionary<CartClaim, long> raised) => claim.RaisedLimit > claim.Limit && !raised.ContainsKey(claim);

    private static BudgetOverdraft Overdraft(CartClaim claim, long observed)
    {
        (CartOffer offer, BudgetRule rule) = claim.Owners[^1];
        return new BudgetOverdraft(offer.Offer.Id, rule.Budget, BudgetRule.FromUnits(rule.Budget.Measure, observed + claim.Amount - claim.Limit));
    }

    /// <summary>Takes out the offers that need more than is left: of those that share a budget the last, or all when it is all or nothing.</summary>
    private static void Exclude(
        List<StackingCandidate> candidates, CartPlan plan, ReservationResult answer, Dictionary<CartClaim, long> raised, RedemptionRequest request, List<BudgetRefusal> refusals)
    {
        foreach (ClaimRefusal refusal in answer.Refusals.Where(each => !CanRaise(plan.Claims[each.Index], raised)))
        {
            IReadOnlyList<(CartOffer Offer, BudgetRule Rule)> owners = plan.Claims[refusal.Index].Owners;
            foreach ((CartOffer offer, BudgetRule rule) in request.Method == StackingMethod.AllOrNothing ? owners : owners.TakeLast(1))
            {
                BudgetMeasure measure = rule.Budget.Measure;
                refusals.Add(new BudgetRefusal(offer.Offer.Id, rule.Budget, BudgetRule.FromUnits(measure, refusal.Observed), BudgetRule.FromUnits(measure, refusal.Limit)));
                Fail(candidates, offer.Offer.Id, rule.Constraint(request.Customer.IsGuest));
            }
        }
    }

    private static void Fail(List<StackingCandidate> candidates, OfferId offer, OfferConstraints failed)
    {
        int index = candidates.FindIndex(each => each.Profile.Offer.Id == offer);
        candidates[index] = candidates[index] with { Failed = candidates[index].Failed | failed };
    }

    private static RedemptionResult Result(ReservationResult answer, BasketPricing pricing) => new()
    {
        Pricing = pricing,
        HeldUntil = answer is { IsHeld: true, Reservation.State: ReservationState.Reserved } ? answer.Reservation.ExpiresAt : null,
        Status = answer.Status switch
        {
            ReservationStatus.Granted => RedemptionStatus.Reserved,
            ReservationStatus.Replayed when answer.Reservation?.State == ReservationState.Committed => RedemptionStatus.Committed,
            ReservationStatus.Replayed => RedemptionStatus.Reserved,
            ReservationStatus.Erased => RedemptionStatus.Erased,
            _ => RedemptionStatus.Conflict,
        },
    };
}
