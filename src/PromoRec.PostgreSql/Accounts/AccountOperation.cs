using System.Collections.Immutable;
using PromoRec.PostgreSql.Lanes;
using PromoRec.Push.Ledger;

namespace PromoRec.PostgreSql.Accounts;

/// <summary>One call that reads or changes one customer's account.</summary>
internal abstract class AccountOperation(UserId userId) : Operation(userId)
{
    /// <summary>The row it concerns, while it is being served.</summary>
    public AccountSlot? Slot { get; set; }

    /// <summary>What it may take from budgets.</summary>
    public virtual ImmutableArray<BudgetClaim> Claims => [];

    /// <summary>What the customer holds of a budget already, which comes free in the same step: what this operation takes anew, and what has expired.</summary>
    public virtual long HeldOf(in BudgetClaim claim, CustomerAccount account, DateTimeOffset now) => 0;

    /// <summary>Whether a place may be taken anew by this operation, or make room for it, so that its budgets may be given back.</summary>
    public virtual bool MayGiveUp(LedgerEntry entry, DateTimeOffset now) => false;

    /// <summary>Whether the row must be written even where the account has not changed.</summary>
    public virtual bool Rewrites => false;

    /// <summary>Whether the account was asked in this round, so that the answer stands once the row is written.</summary>
    public bool IsDecided { get; set; }

    /// <summary>Asks the account and keeps the answer. It is asked again when somebody else changed the row meanwhile.</summary>
    public abstract void Decide(CustomerAccount account, DateTimeOffset now, TimeSpan retention, IBudgetBook budgets);

    /// <summary>Gives the answer that was kept.</summary>
    public void Answer()
    {
        IsAnswered = true;
        Reply();
    }

    public sealed override void Fail(Exception exception)
    {
        IsAnswered = true;
        Refuse(exception);
    }

    protected abstract void Reply();

    protected abstract void Refuse(Exception exception);
}
