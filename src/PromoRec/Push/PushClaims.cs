using System.Collections.Immutable;
using PromoRec.Push.Ledger;

namespace PromoRec.Push;

/// <summary>What the policies of one decision claim in the ledger, and what it means when the ledger refuses a claim.</summary>
internal sealed class PushClaims
{
    private readonly ImmutableArray<CapClaim>.Builder _caps = ImmutableArray.CreateBuilder<CapClaim>();
    private readonly ImmutableArray<BudgetClaim>.Builder _budgets = ImmutableArray.CreateBuilder<BudgetClaim>();
    private readonly List<PushClaim> _ofCaps = [];
    private readonly List<PushClaim> _ofBudgets = [];

    public ImmutableArray<CapClaim> Caps => _caps.ToImmutable();

    public ImmutableArray<BudgetClaim> Budgets => _budgets.ToImmutable();

    /// <summary>What the place is marked with, so that others that wait for the same are compared with it.</summary>
    public ImmutableArray<LedgerLabel> Marks { get; private set; } = [];

    /// <summary>What marks the places that this one takes the stead of.</summary>
    public ImmutableArray<LedgerLabel> Supersedes { get; private set; } = [];

    /// <param name="policy">The policy that claims.</param>
    /// <param name="cap">The cap.</param>
    /// <param name="reason">Why the push is dropped when the cap is full.</param>
    /// <param name="mayDefer">Whether the policy might defer instead, so that it has to be asked again.</param>
    public void Add(IPushPolicy policy, in CapClaim cap, PushReason reason, bool mayDefer = false)
    {
        _caps.Add(cap);
        _ofCaps.Add(new PushClaim(policy.Name, reason, OfferConstraints.None, mayDefer));
    }

    /// <param name="policy">The policy that claims.</param>
    /// <param name="budget">The budget.</param>
    /// <param name="failed">The constraint that the offer fails when the budget is used up.</param>
    public void Add(IPushPolicy policy, in BudgetClaim budget, OfferConstraints failed) => Add(policy, budget, PushReason.OfferNotEligible, failed);

    /// <param name="policy">The policy that claims.</param>
    /// <param name="budget">The budget.</param>
    /// <param name="reason">Why the push is dropped when the budget is used up.</param>
    /// <param name="failed">The constraint that the offer fails then.</param>
    public void Add(IPushPolicy policy, in BudgetClaim budget, PushReason reason, OfferConstraints failed = OfferConstraints.None)
    {
        _budgets.Add(budget);
        _ofBudgets.Add(new PushClaim(policy.Name, reason, failed, MayDefer: false));
    }

    /// <param name="policy">The policy that lets the push wait.</param>
    /// <param name="wait">What for, and together with which others.</param>
    public void Add(IPushPolicy policy, PushWait wait)
    {
        if (wait.Kind == PushWaitKind.Digest || Marks.Contains(wait.Label))
        {
            return;
        }

        Marks = Marks.Add(wait.Label);
        if (wait.Kind == PushWaitKind.Latest)
        {
            Supersedes = Supersedes.Add(wait.Label);
        }
        else
        {
            // Nothing waits longer than a short label lives.
            Add(policy, new CapClaim([wait.Label], 1, LedgerWindow.Rolling(LedgerEntry.ShortLabelLife)), PushReason.AnotherWaits, mayDefer: true);
        }
    }

    /// <summary>Adds what another push of the same dispatch claims, after those added before: what both claim of a cap is claimed once, what both take of a budget adds up. Budgets stand in the order of their names.</summary>
    public void AddAll(PushClaims other)
    {
        for (int i = 0; i < other._caps.Count; i++)
        {
            if (!_caps.Any(cap => IsSame(cap, other._caps[i])))
            {
                _caps.Add(other._caps[i]);
                _ofCaps.Add(other._ofCaps[i]);
            }
        }

        for (int i = 0; i < other._budgets.Count; i++)
        {
            BudgetClaim claim = other._budgets[i];
            int same = IndexOf(claim);
            if (same < 0)
            {
                int place = _budgets.Count(before => Compare(before, claim) < 0);
                _budgets.Insert(place, claim);
                _ofBudgets.Insert(place, other._ofBudgets[i]);
            }
            else
            {
                // Together they fit exactly when the first fits alone and the other one after it.
                BudgetClaim first = _budgets[same];
                long firstLimit = first.Limit > long.MaxValue - claim.Amount ? long.MaxValue : first.Limit + claim.Amount;
                _budgets[same] = claim with { Amount = first.Amount + claim.Amount, Limit = Math.Min(firstLimit, claim.Limit) };
            }
        }
    }

    /// <summary>Whose claim was refused.</summary>
    public PushClaim Of(in ClaimRefusal refusal) => refusal.Kind == ClaimKind.Cap ? _ofCaps[refusal.Index] : _ofBudgets[refusal.Index];

    private int IndexOf(in BudgetClaim claim)
    {
        for (int i = 0; i < _budgets.Count; i++)
        {
            if (string.Equals(_budgets[i].Key, claim.Key, StringComparison.Ordinal) && string.Equals(_budgets[i].Period, claim.Period, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    private static int Compare(in BudgetClaim left, in BudgetClaim right) =>
        string.CompareOrdinal(left.Key, right.Key) is var byKey and not 0 ? byKey : string.CompareOrdinal(left.Period, right.Period);

    private static bool IsSame(in CapClaim left, in CapClaim right) =>
        left.Limit == right.Limit && left.Window == right.Window && left.Scope.AsSpan().SequenceEqual(right.Scope.AsSpan()) && AreSame(left.AnyOf, right.AnyOf);

    private static bool AreSame(ImmutableArray<ImmutableArray<LedgerLabel>> left, ImmutableArray<ImmutableArray<LedgerLabel>> right) =>
        left.Length == right.Length && left.Zip(right).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second.AsSpan()));
}
