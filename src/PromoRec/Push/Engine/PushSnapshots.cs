using PromoRec.Consent;
using PromoRec.Push.Ledger;

namespace PromoRec.Push.Engine;

/// <summary>Reads what decisions are made from.</summary>
internal sealed class PushSnapshots(IReservationLedger ledger, IConsentStore consents, IPushCustomerSource customers, PushDecider decider)
{
    public async ValueTask<PushSnapshot> ReadAsync(PushRequest request, CancellationToken cancellationToken)
    {
        ConsentView consent = new(await consents.ReadAsync(request.UserId, cancellationToken).ConfigureAwait(false));
        CustomerHistory history = await ledger.ReadAsync(request.UserId, cancellationToken).ConfigureAwait(false);

        // Of a customer who was erased nothing more is read.
        PushCustomer? customer = consent.IsErased || history.IsErased ? null : await customers.FindAsync(request.UserId, cancellationToken).ConfigureAwait(false);
        if (customer is not null && customer.UserId != request.UserId)
        {
            throw new InvalidOperationException("The source of customers has answered with another customer than it was asked for.");
        }

        PushSnapshot snapshot = new(history.LedgerTime, customer ?? new PushCustomer { UserId = request.UserId }, consent, history);
        return await WithBudgetsAsync(snapshot, [request], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds the levels of all budgets that requests take from.</summary>
    public async ValueTask<PushSnapshot> WithBudgetsAsync(PushSnapshot snapshot, IEnumerable<PushRequest> requests, CancellationToken cancellationToken)
    {
        HashSet<BudgetName> names = [];
        foreach (PushRequest request in requests)
        {
            decider.AddBudgetNames(request, snapshot, names);
        }

        return names.Count == 0
            ? snapshot
            : snapshot with { Budgets = [.. await ledger.ReadBudgetsAsync([.. names], cancellationToken).ConfigureAwait(false)] };
    }
}
