using PromoRec.Push.Ledger;
using PromoRec.Push.Offers.Budgets;

namespace PromoRec.Push.Offers;

/// <summary>Throttles pushes of an offer so that what they are expected to redeem fits into what is left of its budgets.</summary>
/// <remarks>
/// A push counts for so many days as a redemption is expected after it. The count is a budget in the ledger, one number a day, that every push takes one from, so that
/// many decisions at once do not overshoot together.
/// </remarks>
internal sealed class HeadroomPolicy(OfferLimits limits) : IClaimingPolicy
{
    public PushStage Stage => PushStage.Eligibility;

    public string Name => "offer-headroom";

    public PushVerdict Evaluate(in PushContext context)
    {
        if (context.Request.Class != MessageClass.Promotional)
        {
            return PushVerdict.Allow;
        }

        OfferProfile profile = limits.ProfileOf(context.Request.Offer);
        PushVerdict verdict = PushVerdict.Allow;
        foreach (BudgetRule budget in profile.Budgets.AsSpan())
        {
            decimal expected = Expected(profile, budget);
            if (expected == 0)
            {
                continue;
            }

            PushCount pushes = CountPushes(budget, context);
            bool isKnown = TryTaken(budget, context.Snapshot, out long taken);
            context.Saw(budget.PushesInput, pushes.All);
            context.Saw(budget.TakenInput, BudgetRule.FromUnits(budget.Budget.Measure, taken));
            context.Saw(budget.LimitInput, budget.Budget.Limit);
            if (!isKnown || pushes.All >= MostPushes(budget, taken, expected))
            {
                bool isFirst = verdict.Kind == PushVerdictKind.Allow;
                verdict = PushVerdict.Drop(PushReason.NoHeadroom) with { Flip = isFirst && isKnown ? FlipOf(budget, taken, pushes.All, expected) : default };
            }
        }

        return verdict;
    }

    public void AddBudgetNames(in PushContext context, ICollection<BudgetName> names)
    {
        OfferProfile profile = limits.ProfileOf(context.Request.Offer);
        foreach (BudgetRule budget in profile.Budgets)
        {
            if (context.Request.Class != MessageClass.Promotional || Expected(profile, budget) == 0)
            {
                continue;
            }

            Add(names, new BudgetName(budget.Key, string.Empty));
            DateOnly today = limits.DateAt(context.Now);
            for (int day = 0; day < limits.Options.AnswerDays; day++)
            {
                Add(names, new BudgetName(budget.PushesKey, PeriodName.Of(BudgetPeriod.Day, DaysBefore(today, day), DayOfWeek.Monday)));
            }
        }
    }

    public void AddClaims(in PushContext context, PushClaims claims)
    {
        OfferProfile profile = limits.ProfileOf(context.Request.Offer);
        if (context.Request.Class != MessageClass.Promotional)
        {
            return;
        }

        Dictionary<string, long> limitOf = [];
        foreach (BudgetRule budget in profile.Budgets)
        {
            decimal expected = Expected(profile, budget);
            if (expected > 0)
            {
                long most = TryTaken(budget, context.Snapshot, out long taken) ? MostPushes(budget, taken, expected) : 0;
                long today = Math.Max(0, most - CountPushes(budget, context).BeforeToday);
                limitOf[budget.PushesKey] = Math.Min(today, limitOf.GetValueOrDefault(budget.PushesKey, long.MaxValue));
            }
        }

        string period = PeriodName.Of(BudgetPeriod.Day, limits.DateAt(context.Now), DayOfWeek.Monday);
        foreach ((string key, long limit) in limitOf)
        {
            claims.Add(this, new BudgetClaim(key, period, limit, 1), PushReason.NoHeadroom);
        }
    }

    /// <summary>Most pushes out at once: expected redemptions of so many are at most what is left, and what may be overbooked of it.</summary>
    private long MostPushes(BudgetRule budget, long taken, decimal expected)
    {
        decimal most = Math.Max(0, budget.Limit - taken) * (1 + limits.Options.Overbook) / expected;
        return most >= long.MaxValue ? long.MaxValue : (long)most;
    }

    /// <summary>The smallest limit under which one more push would fit.</summary>
    private PushFlip FlipOf(BudgetRule budget, long taken, long pushes, decimal expected)
    {
        decimal limit = taken + decimal.Ceiling((pushes + 1) * expected / (1 + limits.Options.Overbook));
        return limit <= long.MaxValue ? PushFlip.Number(budget.LimitInput, BudgetRule.FromUnits(budget.Budget.Measure, (long)limit)) : default;
    }

    /// <summary>What a push is expected to take of a budget, in its units; 0 for one that pushes are not weighed against.</summary>
    private static decimal Expected(OfferProfile profile, BudgetRule budget) => !budget.IsShared ? 0 : budget.Budget.Measure switch
    {
        BudgetMeasure.Redemptions => profile.RedemptionRate,
        BudgetMeasure.DiscountValue => profile.RedemptionRate * BudgetRule.ToUnits(BudgetMeasure.DiscountValue, profile.Rules.ExpectedDiscount ?? 0),
        _ => 0,
    };

    private static bool TryTaken(BudgetRule budget, PushSnapshot snapshot, out long taken)
    {
        foreach (ref readonly BudgetLevel level in snapshot.Budgets.AsSpan())
        {
            if (level.Period.Length == 0 && budget.Owns(level.Key))
            {
                taken = level.Taken;
                return true;
            }
        }

        taken = 0;
        return false;
    }

    private PushCount CountPushes(BudgetRule budget, in PushContext context)
    {
        Span<char> today = stackalloc char[PeriodName.MaxLength];
        Span<char> first = stackalloc char[PeriodName.MaxLength];
        DateOnly date = limits.DateAt(context.Now);
        today = today[..PeriodName.Write(today, BudgetPeriod.Day, date, DayOfWeek.Monday)];
        first = first[..PeriodName.Write(first, BudgetPeriod.Day, DaysBefore(date, limits.Options.AnswerDays - 1), DayOfWeek.Monday)];
        PushCount count = default;
        foreach (ref readonly BudgetLevel level in context.Snapshot.Budgets.AsSpan())
        {
            if (level.Key == budget.PushesKey && level.Period.AsSpan().SequenceCompareTo(first) >= 0)
            {
                bool isBefore = level.Period.AsSpan().SequenceCompareTo(today) < 0;
                count = new PushCount(count.All + level.Taken, count.BeforeToday + (isBefore ? level.Taken : 0));
            }
        }

        return count;
    }

    private static DateOnly DaysBefore(DateOnly date, int days) => date.AddDays(-Math.Min(days, date.DayNumber));

    private static void Add(ICollection<BudgetName> names, BudgetName name)
    {
        if (!names.Contains(name))
        {
            names.Add(name);
        }
    }

    /// <param name="All">Pushes of the days for which a redemption is still expected.</param>
    /// <param name="BeforeToday">Those of them before today.</param>
    private readonly record struct PushCount(long All, long BeforeToday);
}
