using System.Collections.Immutable;
using PromoRec.Push.Ledger;

namespace PromoRec.PostgreSql.Accounts;

/// <summary>One request for a place, alone or in a list.</summary>
internal sealed class ReserveOperation(ReservationRequest request, ReservationAnswers answers, int index) : AccountOperation(request.UserId)
{
    private ReservationResult? _decided;

    public override ImmutableArray<BudgetClaim> Claims => request.Budgets;

    public override void Decide(CustomerAccount account, DateTimeOffset now, TimeSpan retention, IBudgetBook budgets) =>
        _decided = account.Reserve(request, now, retention, budgets);

    public override long HeldOf(in BudgetClaim claim, CustomerAccount account, DateTimeOffset now)
    {
        long held = 0;
        foreach (LedgerEntry entry in account.Entries)
        {
            if (entry.IsGoneAt(now) || MayGiveUp(entry, now))
            {
                held += HeldOf(claim, entry);
            }
        }

        return held;
    }

    public override bool MayGiveUp(LedgerEntry entry, DateTimeOffset now) => IsTakenAnew(entry) || entry.IsSupersededBy(request, now);

    protected override void Reply() => answers.Set(index, _decided!);

    protected override void Refuse(Exception exception) => answers.Fail(exception);

    private bool IsTakenAnew(LedgerEntry entry) =>
        request.IfHeld != HeldAction.Replay && entry.State == ReservationState.Reserved && string.Equals(entry.Key, request.Key, StringComparison.Ordinal);

    private static long HeldOf(in BudgetClaim claim, LedgerEntry entry)
    {
        foreach (ref readonly BudgetHold hold in entry.Budgets.AsSpan())
        {
            if (string.Equals(hold.Key, claim.Key, StringComparison.Ordinal) && string.Equals(hold.Period, claim.Period, StringComparison.Ordinal))
            {
                return hold.Amount;
            }
        }

        return 0;
    }
}
