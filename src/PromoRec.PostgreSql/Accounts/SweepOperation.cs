using PromoRec.Push.Ledger;

namespace PromoRec.PostgreSql.Accounts;

/// <summary>Gives back what a customer's expired carts hold, for others who need it. Nobody waits for its answer but the lane itself.</summary>
/// <param name="userId">The customer.</param>
/// <param name="through">The instant by which the carts have expired, whatever the clock says by now.</param>
internal sealed class SweepOperation(UserId userId, DateTimeOffset through) : AccountOperation(userId)
{
    /// <summary>What went wrong, if anything did.</summary>
    public Exception? Fault { get; private set; }

    // The row was found by its time of release, which must not find it again.
    public override bool Rewrites => true;

    public override void Decide(CustomerAccount account, DateTimeOffset now, TimeSpan retention, IBudgetBook budgets) =>
        account.Sweep(now > through ? now : through, budgets);

    protected override void Reply()
    {
    }

    protected override void Refuse(Exception exception) => Fault = exception;
}
