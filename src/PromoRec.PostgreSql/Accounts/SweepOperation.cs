using PromoRec.Push.Ledger;

namespace PromoRec.PostgreSql.Accounts;

/// <summary>Gives back what a customer's expired carts hold, for others who need it. Nobody waits for its answer but the lane itself.</summary>
internal sealed class SweepOperation(UserId userId) : AccountOperation(userId)
{
    /// <summary>What went wrong, if anything did.</summary>
    public Exception? Fault { get; private set; }

    // The row was found by its time of release, which must not find it again.
    public override bool Rewrites => true;

    public override void Decide(CustomerAccount account, DateTimeOffset now, TimeSpan retention, IBudgetBook budgets) => account.Sweep(now, budgets);

    protected override void Reply()
    {
    }

    protected override void Refuse(Exception exception) => Fault = exception;
}
