using FsCheck.Fluent;
using PromoRec.Push;
using PromoRec.Push.Ledger;
using PromoRec.Push.Offers;
using PromoRec.Push.Offers.Budgets;
using PromoRec.Tests.Properties;

namespace PromoRec.Tests.Push.Offers;

public class HeadroomPolicyTests
{
    private const string Uses = "offer:tenth/uses/total";
    private const string Pushes = "offer:tenth/pushes/day";

    private static readonly PushRequest Request = PushScenario.Request with { Offer = OfferScenario.Tenth with { Budget = 100 } };

    [Theory]
    [InlineData(0, 99, true)]
    [InlineData(0, 100, false)]
    [InlineData(40, 59, true)]
    [InlineData(40, 60, false)]
    [InlineData(100, 0, false)]
    [InlineData(120, 0, false)]
    public void Unless_told_otherwise_every_push_is_expected_to_be_redeemed(long taken, long pushes, bool allowed) =>
        Assert.Equal(allowed, IsAllowed(OfferScenario.Limits(), taken, pushes));

    [Theory]
    [InlineData("0.1", "0", 40, 599, true)]
    [InlineData("0.1", "0", 40, 600, false)]
    [InlineData("0.1", "0.5", 40, 899, true)]
    [InlineData("0.1", "0.5", 40, 900, false)]
    [InlineData("0.3", "0", 0, 332, true)]
    [InlineData("0.3", "0", 0, 333, false)]
    public void Expected_redemptions_stay_within_what_is_left_and_what_may_be_overbooked(string rate, string overbook, long taken, long pushes, bool allowed)
    {
        OfferLimitOptions options = OfferScenario.Options;
        options.Overbook = Number(overbook);
        Assert.Equal(allowed, IsAllowed(OfferScenario.Limits(options, ("tenth", new OfferRules { RedemptionRate = Number(rate) })), taken, pushes));
        options.RedemptionRate = Number(rate);
        Assert.Equal(allowed, IsAllowed(OfferScenario.Limits(options), taken, pushes));
    }

    [Fact]
    public void Pushes_count_for_as_many_days_as_an_answer_is_expected()
    {
        // Seven days from today on back.
        Assert.False(IsAllowed(OfferScenario.Limits(), Level(Uses, "", 0), Level(Pushes, "2026-11-03", 40), Level(Pushes, "2026-10-28", 60)));
        Assert.True(IsAllowed(OfferScenario.Limits(), Level(Uses, "", 0), Level(Pushes, "2026-11-03", 40), Level(Pushes, "2026-10-27", 60)));
        OfferLimitOptions eight = OfferScenario.Options;
        eight.AnswerDays = 8;
        Assert.False(IsAllowed(OfferScenario.Limits(eight), Level(Uses, "", 0), Level(Pushes, "2026-11-03", 40), Level(Pushes, "2026-10-27", 60)));
    }

    [Fact]
    public void Budgets_of_discounts_are_weighed_when_it_is_known_what_a_redemption_takes_off()
    {
        PushRequest request = Request with { Offer = OfferScenario.Tenth };
        OfferRules rules = new() { Budgets = [new OfferBudget(BudgetMeasure.DiscountValue, 50)], RedemptionRate = 0.5m };
        BudgetLevel[] levels = [Level("offer:tenth/discount/total", "", 100_000), Level(Pushes, "2026-11-03", 32)];

        // 40 are left; a push is expected to take 1.25 of them.
        OfferLimits known = OfferScenario.Limits(null, ("tenth", rules with { ExpectedDiscount = 2.5m }));
        Assert.False(Evaluate(known, request, levels).Kind == PushVerdictKind.Allow);
        Assert.True(Evaluate(known, request, levels[0], Level(Pushes, "2026-11-03", 31)).Kind == PushVerdictKind.Allow);
        Assert.True(Evaluate(OfferScenario.Limits(null, ("tenth", rules)), request, levels).Kind == PushVerdictKind.Allow);
    }

    [Fact]
    public void Offers_without_a_shared_budget_and_transactional_messages_are_not_throttled()
    {
        Assert.Equal(PushVerdict.Allow, Evaluate(OfferScenario.Limits(), Request with { Offer = OfferScenario.Tenth }));
        Assert.Equal(PushVerdict.Allow, Evaluate(OfferScenario.Limits(), Request with { Class = MessageClass.Transactional }));
        OfferLimits each = OfferScenario.Limits(null, ("tenth", new OfferRules
        {
            Budgets = [new OfferBudget(BudgetMeasure.Redemptions, 1) { Holder = BudgetHolder.Customer }, new OfferBudget(BudgetMeasure.Redemptions, 1) { Period = BudgetPeriod.Day }],
        }));
        Assert.Equal(PushVerdict.Allow, Evaluate(each, Request with { Offer = OfferScenario.Tenth }));
    }

    [Fact]
    public void A_budget_that_was_not_read_has_no_room() => Assert.Equal(PushReason.NoHeadroom, Evaluate(OfferScenario.Limits(), Request).Reason);

    [Fact]
    public void The_limit_it_names_is_the_smallest_with_room() =>
        Prop.ForAll(
            Gen.Choose(1, 100).Zip(Gen.Choose(0, 20)).ToArbitrary(), Gen.Choose(0, 200).Zip(Gen.Choose(0, 2000)).ToArbitrary(), (shares, counts) =>
            {
                OfferLimitOptions options = OfferScenario.Options;
                (options.RedemptionRate, options.Overbook) = (shares.Item1 / 100m, shares.Item2 / 10m);
                BudgetLevel[] levels = [Level(Uses, "", counts.Item1), Level(Pushes, "2026-11-03", counts.Item2)];
                PushVerdict verdict = Evaluate(OfferScenario.Limits(options), Request, levels);
                return verdict.Kind == PushVerdictKind.Allow || (With((long)verdict.Flip.Value) == PushVerdictKind.Allow && With((long)verdict.Flip.Value - 1) == PushVerdictKind.Drop);

                PushVerdictKind With(long limit) => Evaluate(OfferScenario.Limits(options), Request with { Offer = OfferScenario.Tenth with { Budget = limit } }, levels).Kind;
            }).Holds();

    [Fact]
    public void It_reads_the_budget_and_the_pushes_of_the_days()
    {
        OfferLimitOptions options = OfferScenario.Options;
        options.AnswerDays = 3;
        List<BudgetName> names = [new(Uses, "")];
        new HeadroomPolicy(OfferScenario.Limits(options)).AddBudgetNames(Context(Request), names);
        Assert.Equal([new(Uses, ""), new(Pushes, "2026-11-03"), new(Pushes, "2026-11-02"), new(Pushes, "2026-11-01")], names);
    }

    [Fact]
    public async Task However_many_decide_at_once_no_more_are_pushed_than_there_is_room_for()
    {
        OfferLimitOptions options = OfferScenario.Options;
        options.RedemptionRate = 0.5m;
        var policy = new HeadroomPolicy(OfferScenario.Limits(options));
        var ledger = new InMemoryReservationLedger(null, new Ranking.ManualTime(OfferScenario.Noon));

        // All look before anybody pushes: 30 have gone out the day before, so that 170 of 200 are left for today.
        PushContext context = Context(Request, Level(Uses, "", 0), Level(Pushes, "2026-11-02", 30));
        PushClaims claims = new();
        policy.AddClaims(context, claims);
        Assert.Equal(new BudgetClaim(Pushes, "2026-11-03", 170, 1), Assert.Single(claims.Budgets));
        ReservationResult[] results = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(async () =>
            await ledger.TryReserveAsync(new ReservationRequest { UserId = i, Key = "push", Budgets = claims.Budgets }, TestContext.Current.CancellationToken))));

        Assert.Equal(170, results.Count(result => result.IsHeld));
        ClaimRefusal refusal = results.First(result => !result.IsHeld).Refusals[0];
        Assert.Equal((PushReason.NoHeadroom, OfferConstraints.None), (claims.Of(refusal).Reason, claims.Of(refusal).Failed));
        PushContext after = Context(Request, Level(Uses, "", 0), Level(Pushes, "2026-11-02", 30), (await ledger.ReadBudgetsAsync([new(Pushes, "2026-11-03")], TestContext.Current.CancellationToken))[0]);
        Assert.Equal(PushReason.NoHeadroom, policy.Evaluate(after).Reason);
    }

    [Fact]
    public void A_verdict_allocates_nothing()
    {
        var policy = new HeadroomPolicy(OfferScenario.Limits());
        PushContext context = Context(Request, Level(Uses, "", 1), Level(Pushes, "2026-11-02", 30));
        for (int i = 0; i < 200; i++)
        {
            policy.Evaluate(context);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        policy.Evaluate(context);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static BudgetLevel Level(string key, string period, long taken) => new(key, period, taken);

    private static bool IsAllowed(OfferLimits limits, long taken, long pushes) => IsAllowed(limits, Level(Uses, "", taken), Level(Pushes, "2026-11-03", pushes));

    private static bool IsAllowed(OfferLimits limits, params BudgetLevel[] levels)
    {
        PushVerdict verdict = Evaluate(limits, Request, levels);
        Assert.Equal(verdict.Kind == PushVerdictKind.Allow ? PushReason.None : PushReason.NoHeadroom, verdict.Reason);
        return verdict.Kind == PushVerdictKind.Allow;
    }

    private static PushVerdict Evaluate(OfferLimits limits, PushRequest request, params BudgetLevel[] levels) => new HeadroomPolicy(limits).Evaluate(Context(request, levels));

    private static PushContext Context(PushRequest request, params BudgetLevel[] levels) =>
        PushScenario.Context(request, PushScenario.At(OfferScenario.Noon) with { Budgets = [.. levels] });
}
