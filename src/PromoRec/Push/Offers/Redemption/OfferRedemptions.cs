using System.Collections.Immutable;
using PromoRec.Consent.Packs;
using PromoRec.Push.Calendar;
using PromoRec.Push.Ledger;
using PromoRec.Push.Offers.Budgets;
using PromoRec.Push.Offers.Pricing;

namespace PromoRec.Push.Offers.Redemption;

/// <summary>Redeems offers: a cart reserves them, an order commits them, what is not bought is released, what is given back is refunded.</summary>
/// <remarks>
/// <para>All budgets of all offers of a cart are taken in one step or not at all, so that no budget is ever exceeded, whatever happens at once. A cart that
/// changes replaces what it held. A cart that is not ordered gives back what it held when its time to live ends.</para>
/// <para>Any number of threads may call it, for one cart one after the other. Repeat a call whose outcome is unknown.</para>
/// </remarks>
public sealed class OfferRedemptions
{
    private readonly OfferLimits _limits;
    private readonly IReservationLedger _ledger;
    private readonly CartReserver _reserver;
    private readonly TimeProvider _time;

    /// <summary>Creates it.</summary>
    /// <param name="limits">The limits.</param>
    /// <param name="ledger">Where budgets are kept.</param>
    /// <param name="time">Says when offers must hold, and in which period of a budget an order falls.</param>
    /// <param name="zones">How a customer's time zone is found, for hours that go by it; the defaults when null.</param>
    /// <param name="packs">The rules of jurisdictions, which may say what takes the place of a zone that is not known; those of the package when null.</param>
    /// <exception cref="ArgumentException">The zone options have a fault.</exception>
    public OfferRedemptions(OfferLimits limits, IReservationLedger ledger, TimeProvider time, ZoneOptions? zones = null, JurisdictionPacks? packs = null)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(time);
        _limits = limits;
        _ledger = ledger;
        _reserver = new CartReserver(limits, ledger, new ZoneResolver(zones ?? new ZoneOptions(), packs ?? JurisdictionPacks.Shipped));
        _time = time;
    }

    /// <summary>Holds offers for a cart in the stead of what it held before. When refused, it keeps what it held until that expires.</summary>
    /// <exception cref="PromoRecException">The limits of an offer have faults.</exception>
    /// <exception cref="LedgerUnavailableException">The ledger cannot answer.</exception>
    public ValueTask<RedemptionResult> ReserveAsync(RedemptionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _reserver.HoldAsync(request, _time.GetUtcNow(), isReserved: true, cancellationToken);
    }

    /// <summary>
    /// Redeems the offers of an order. One that was reserved as it is now is committed with the amounts that were said then, even if an offer has ended
    /// meanwhile. Anything else, an order changed or with a reservation that has expired, takes what is left now, or is refused.
    /// </summary>
    /// <exception cref="PromoRecException">The limits of an offer have faults.</exception>
    /// <exception cref="LedgerUnavailableException">The ledger cannot answer.</exception>
    public async ValueTask<RedemptionResult> CommitAsync(RedemptionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        string key = CartPlan.LedgerKey(request.Key);
        CustomerHistory history = await _ledger.ReadAsync(request.Customer.UserId, cancellationToken).ConfigureAwait(false);
        if (history.Entries.FirstOrDefault(entry => entry.Key == key) is { } held && !held.IsGoneAt(history.LedgerTime))
        {
            bool isSame = held.ShortLabels.Contains(CartPlan.OrderLabel(request));
            if (held.State == ReservationState.Committed)
            {
                // After thirty days the ledger no longer knows what was in the order.
                return new RedemptionResult { Status = isSame || held.HasDroppedLabels ? RedemptionStatus.Committed : RedemptionStatus.Conflict };
            }

            if (isSame && await IsCommittedAsync(request, key, cancellationToken).ConfigureAwait(false))
            {
                return new RedemptionResult { Status = RedemptionStatus.Committed };
            }
        }

        RedemptionResult result = await _reserver.HoldAsync(request, _time.GetUtcNow(), isReserved: false, cancellationToken).ConfigureAwait(false);
        return result.Status == RedemptionStatus.Reserved && await IsCommittedAsync(request, key, cancellationToken).ConfigureAwait(false)
            ? result with { Status = RedemptionStatus.Committed, HeldUntil = null }
            : result;
    }

    /// <summary>Gives back what a cart holds.</summary>
    /// <returns>Done; NotFound when it holds nothing; Conflict when it was ordered.</returns>
    /// <exception cref="LedgerUnavailableException">The ledger cannot answer.</exception>
    public ValueTask<SettlementStatus> ReleaseAsync(UserId userId, string key, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return _ledger.SettleAsync(userId, CartPlan.LedgerKey(key), Settlement.Release, cancellationToken);
    }

    /// <summary>Gives budgets back what an order took of them, in whole or in part.</summary>
    /// <returns>Done; AlreadyDone for a refund made before; NotFound for an order that is not known or too old; Conflict for a cart that was not ordered.</returns>
    /// <exception cref="LedgerUnavailableException">The ledger cannot answer.</exception>
    public async ValueTask<SettlementStatus> RefundAsync(UserId userId, string key, RefundRequest refund, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        ArgumentNullException.ThrowIfNull(refund);
        string ledgerKey = CartPlan.LedgerKey(key);
        CustomerHistory history = await _ledger.ReadAsync(userId, cancellationToken).ConfigureAwait(false);
        LedgerEntry? entry = history.Entries.FirstOrDefault(each => each.Key == ledgerKey);
        return entry is null
            ? SettlementStatus.NotFound
            : await _ledger.RefundAsync(userId, ledgerKey, refund.RefundKey, [.. RefundsOf(entry, refund)], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How much of an offer's budgets is taken now, those above their limits among them.</summary>
    /// <param name="offer">The offer.</param>
    /// <param name="customer">The customer, for budgets that each customer or identifier has.</param>
    /// <param name="basket">The basket, for budgets that each store or session has.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="LedgerUnavailableException">The ledger cannot answer.</exception>
    public async ValueTask<ImmutableArray<BudgetStatus>> ReadBudgetsAsync(Offer offer, PushCustomer customer, Basket? basket = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(customer);
        (BudgetRule Rule, BudgetName Name)[] budgets = [.. _limits.BudgetsOf(_limits.ProfileOf(offer), customer, _time.GetUtcNow(), basket)];
        IReadOnlyList<BudgetLevel> levels = await _ledger.ReadBudgetsAsync([.. budgets.Select(each => each.Name)], cancellationToken).ConfigureAwait(false);
        return [.. budgets.Zip(levels, (budget, level) => new BudgetStatus(budget.Rule.Budget, level.Period, BudgetRule.FromUnits(budget.Rule.Budget.Measure, level.Taken)))];
    }

    private static IEnumerable<BudgetRefund> RefundsOf(LedgerEntry entry, RefundRequest refund)
    {
        foreach (BudgetHold hold in entry.Budgets)
        {
            long amount = BudgetKeys.MeasureOf(hold.Key) == BudgetMeasure.Redemptions
                ? (refund.RestoreUse ? hold.Amount : 0)
                : (long)(hold.Amount * refund.Share);
            if (amount > 0)
            {
                yield return new BudgetRefund(hold.Key, amount);
            }
        }
    }

    private async ValueTask<bool> IsCommittedAsync(RedemptionRequest request, string key, CancellationToken cancellationToken) =>
        await _ledger.SettleAsync(request.Customer.UserId, key, Settlement.Commit, cancellationToken).ConfigureAwait(false)
            is SettlementStatus.Done or SettlementStatus.AlreadyDone;
}
