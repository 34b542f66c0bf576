using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;
using PromoRec.Push;
using PromoRec.Push.Calendar;
using PromoRec.Push.Engine;
using PromoRec.Push.Ledger;
using PromoRec.Push.Offers;
using PromoRec.Push.Offers.Areas;
using PromoRec.Push.Offers.Budgets;
using PromoRec.Push.Offers.Hours;
using PromoRec.Tests.Properties;

namespace PromoRec.Tests.Push.Offers;

public class OfferEligibilityPolicyTests
{
    private static readonly PushRequest Request = PushScenario.Request with { Offer = OfferScenario.Tenth };
    private static readonly PushSnapshot Snapshot = PushScenario.At(OfferScenario.Noon) with { Customer = OfferScenario.Ann };

    [Fact]
    public void An_offer_without_limits_is_allowed_for_ever() => Assert.Equal(PushVerdict.Allow, Evaluate(OfferScenario.Limits(), Request, Snapshot));

    [Fact]
    public void The_offer_must_hold_at_the_planned_instant()
    {
        PushRequest request = Request with { Offer = OfferScenario.Tenth with { ValidFrom = OfferScenario.Noon, ValidTo = OfferScenario.Noon.AddHours(8) } };
        OfferLimits limits = OfferScenario.Limits();

        Assert.Equal(PushVerdict.AllowUntil(OfferScenario.Noon.AddHours(8)), Evaluate(limits, request, Snapshot));
        Assert.Equal(OfferConstraints.None, Evaluate(limits, request, Snapshot, OfferScenario.Noon.AddHours(7)).Failed);
        PushVerdict late = Evaluate(limits, request, Snapshot, OfferScenario.Noon.AddHours(8));
        Assert.Equal((PushVerdictKind.Drop, PushReason.OfferNotEligible, OfferConstraints.Expired), (late.Kind, late.Reason, late.Failed));
        Assert.Null(late.NextEligibleAt);
    }

    [Fact]
    public void An_engine_that_defers_asks_about_the_instant_it_defers_to()
    {
        // Allowed now, but not in the evening to which another policy moves it.
        OfferLimits limits = OfferScenario.Limits(null, ("tenth", new OfferRules { Hours = Daily(9, 18) }));
        PushDecider decider = Decider(limits, PolicyStub.DefersTo("later", OfferScenario.Noon.AddHours(8)));
        PushDecision decision = decider.Decide(Request, Snapshot);

        Assert.Equal((PushOutcome.Drop, PushReason.OfferNotEligible, "offer-limits", OfferConstraints.OutsideHours), (decision.Outcome, decision.Reason, decision.Policy, decision.Failed));
        Assert.Equal(OfferScenario.Utc("2026-11-04T08:00:00Z"), decision.NextEligibleAt);
    }

    [Fact]
    public void A_trace_tells_several_budgets_of_an_offer_apart_and_one_alone_needs_no_name()
    {
        ImmutableArray<OfferBudget> several =
        [
            new(BudgetMeasure.Redemptions, 5),
            new(BudgetMeasure.Redemptions, 2) { Period = BudgetPeriod.Day },
            new(BudgetMeasure.DiscountValue, 25) { Pool = BudgetPool.Campaign },
            new(BudgetMeasure.Redemptions, 1) { Holder = BudgetHolder.Customer },
        ];
        PushTrace trace = TraceOf(new OfferRules { Campaign = "spring", ExpectedDiscount = 5, Budgets = several });

        Assert.Superset(
            new HashSet<string> { "budget:uses/total", "taken:uses/total", "budget:uses/day", "budget:campaign/discount/total", "budget:uses/total/customer" },
            trace.Entries[0].Saw.Select(saw => saw.Name).ToHashSet());
        Assert.All(trace.Entries, entry => Assert.Distinct(entry.Saw.Select(saw => saw.Name)));
        Assert.Contains(trace.Entries[1].Saw, saw => saw.Name == "pushes:uses/total");
        Assert.Contains(TraceOf(new OfferRules { Budgets = several[..1] }).Entries[0].Saw, saw => saw.Name == PushInputs.Budget);
    }

    [Fact]
    public void What_only_time_stands_against_says_when_and_a_place_is_held_no_longer_than_the_hours()
    {
        OfferLimits limits = OfferScenario.Limits(null, ("tenth", new OfferRules { Hours = Daily(14, 15) }));
        PushVerdict closed = Evaluate(limits, Request, Snapshot);
        DateTimeOffset open = OfferScenario.Utc("2026-11-03T13:00:00Z");

        Assert.Equal((OfferConstraints.OutsideHours, open, PushFlip.Wait(open)), (closed.Failed, closed.NextEligibleAt, closed.Flip));
        Assert.Equal(open.AddHours(1), Evaluate(limits, Request, Snapshot, open).ValidUntil);
    }

    [Fact]
    public void The_next_instant_is_the_first_at_which_the_same_push_is_allowed()
    {
        Gen<(int From, int Hour, int Length, int Taken, int Period, int Start)> cases =
            from start in Gen.Choose(-3, 30)
            from hour in Gen.Choose(0, 23)
            from length in Gen.Choose(1, 23)
            from taken in Gen.Choose(0, 2)
            from period in Gen.Choose(1, 3)
            from at in Gen.Choose(0, 200)
            select (start, hour, length, taken, period, at);
        int later = 0;
        Prop.ForAll(cases.ToArbitrary(), each =>
        {
            var budget = new OfferBudget(BudgetMeasure.Redemptions, 2) { Period = (BudgetPeriod)each.Period };
            OfferLimits limits = OfferScenario.Limits(null, ("tenth", new OfferRules { Hours = Daily(each.Hour, (each.Hour + each.Length) % 24), Budgets = [budget] }));
            PushRequest request = Request with { Offer = OfferScenario.Tenth with { ValidFrom = OfferScenario.Noon.AddHours(each.From) } };
            DateTimeOffset at = OfferScenario.Noon.AddHours(each.Start);
            PushSnapshot snapshot = Snapshot with
            {
                Now = at,
                Budgets = [.. limits.BudgetNames(request.Offer, OfferScenario.Ann, at).Select(name => new BudgetLevel(name.Key, name.Period, each.Taken))],
            };
            PushVerdict verdict = Evaluate(limits, request, snapshot, at);
            DateTimeOffset expected = at;
            while (Evaluate(limits, request, snapshot, expected).Kind != PushVerdictKind.Allow)
            {
                expected = expected.AddHours(1);
            }

            later += expected > at ? 1 : 0;
            return expected == at ? verdict.Kind == PushVerdictKind.Allow : verdict.NextEligibleAt == expected && verdict.Flip == PushFlip.Wait(expected);
        }).Holds();
        Assert.True(later > 20);
    }

    [Fact]
    public void Where_the_zone_is_one_of_several_the_next_instant_is_good_in_all_of_them()
    {
        // From 14 to 18: in New York from 19:00Z on, in Los Angeles from 22:00Z on, in both until 23:00Z.
        OfferLimits limits = OfferScenario.Limits(null, ("tenth", new OfferRules { Hours = Daily(14, 18) with { Zone = HoursZone.Customer } }));
        foreach (string[] zones in (string[][])[["America/New_York", "America/Los_Angeles"], ["America/Los_Angeles", "America/New_York"]])
        {
            CustomerZone country = new(ZoneSource.Country, [.. zones.Select(OfferScenario.Calendar)]);
            PushVerdict At(DateTimeOffset at) => new OfferEligibilityPolicy(limits).Evaluate(new PushContext(Request, Snapshot, at, PushScenario.TimeToLive, country, null));

            Assert.Equal(OfferScenario.Utc("2026-11-03T22:00:00Z"), At(OfferScenario.Noon).NextEligibleAt);
            Assert.Equal(OfferScenario.Utc("2026-11-03T23:00:00Z"), At(OfferScenario.Utc("2026-11-03T22:30:00Z")).ValidUntil);
            Assert.Equal(OfferScenario.Utc("2026-11-04T22:00:00Z"), At(OfferScenario.Utc("2026-11-03T23:00:00Z")).NextEligibleAt);
        }
    }

    [Fact]
    public void What_time_does_not_turn_says_the_one_change_that_would()
    {
        GeoPoint inside = new(52.5, 13.4);
        OfferRules area = new() { Areas = [GeoArea.Circle(inside, 1000)] };
        PushSnapshot anywhere = Snapshot with { Customer = OfferScenario.Ann with { Location = new GeoPoint(48.1, 11.6) } };
        PushRequest vips = Request with { Offer = OfferScenario.Tenth with { Segments = ["vip", "new"] } };

        // Each case: what stands against it, what it says, and the same with that change made.
        Flips(new OfferRules { IsDisabled = true }, Request, Snapshot, OfferConstraints.Disabled, PushFlip.Fact(PushInputs.Offer, "enabled"), new OfferRules(), Request, Snapshot);
        Flips(OfferRules.None, vips, Snapshot, OfferConstraints.SegmentMismatch, PushFlip.Fact(PushInputs.Segment, "vip"), OfferRules.None, vips, Snapshot with { Customer = OfferScenario.Ann with { Segments = ["vip"] } });
        Flips(new OfferRules { Recipients = ["bob"] }, Request, Snapshot, OfferConstraints.RecipientMismatch, PushFlip.Fact(PushInputs.Recipient, "listed"), new OfferRules { Recipients = ["bob", "ann"] }, Request, Snapshot);
        Flips(area, Request, Snapshot, OfferConstraints.LocationMissing, PushFlip.Fact(PushInputs.Location, "inside"), area, Request, Snapshot with { Customer = OfferScenario.Ann with { Location = inside } });
        Flips(area, Request, anywhere, OfferConstraints.OutOfArea, PushFlip.Fact(PushInputs.Location, "inside"), area, Request, Snapshot with { Customer = OfferScenario.Ann with { Location = inside } });

        OfferRules customerHours = new() { Hours = Daily(6, 9) with { Zone = HoursZone.Customer } };
        PushSnapshot nowhere = Snapshot with { Customer = OfferScenario.Ann with { ProfileZone = null } };
        Flips(customerHours, Request, nowhere, OfferConstraints.OutsideHours, PushFlip.Fact(PushInputs.Zone, "known"), customerHours, Request, Snapshot);

        PushRequest two = Request with { Offer = OfferScenario.Tenth with { Budget = 2 } };
        PushRequest four = Request with { Offer = OfferScenario.Tenth with { Budget = 4 } };
        PushSnapshot three = Snapshot with { Budgets = [new BudgetLevel("offer:tenth/uses/total", "", 3)] };
        Flips(OfferRules.None, two, three, OfferConstraints.BudgetExhausted, PushFlip.Number(PushInputs.Budget, 4), OfferRules.None, four, three);
    }

    [Fact]
    public void Two_things_that_stand_against_it_have_no_single_change()
    {
        PushVerdict verdict = Evaluate(
            OfferScenario.Limits(null, ("tenth", new OfferRules { IsDisabled = true, Recipients = ["bob"] })), Request, Snapshot, trace: new PushTraceBuilder(1));
        Assert.Equal((OfferConstraints.Disabled | OfferConstraints.RecipientMismatch, default), (verdict.Failed, verdict.Flip));
        Assert.Null(verdict.NextEligibleAt);
    }

    [Fact]
    public void The_trace_names_what_failed_and_nothing_of_where_the_customer_is_or_who()
    {
        OfferLimits limits = OfferScenario.Limits(null, ("tenth", new OfferRules
        {
            IsDisabled = true,
            Hours = Daily(20, 21),
            Recipients = ["recipient.bob"],
            Areas = [GeoArea.Circle(new GeoPoint(48.1374, 11.5755), 1000)],
            Budgets = [new OfferBudget(BudgetMeasure.DiscountValue, 10.5m), new OfferBudget(BudgetMeasure.Redemptions, 1) { Holder = BudgetHolder.Customer }],
        }));
        PushRequest request = Request with { Offer = OfferScenario.Tenth with { ValidTo = OfferScenario.Noon, Segments = ["vip", "new"] } };
        PushCustomer customer = OfferScenario.Ann with { Location = new GeoPoint(52.5163, 13.3777) };
        PushSnapshot snapshot = Snapshot with
        {
            Customer = customer,
            Budgets = [.. limits.BudgetNames(request.Offer, customer, OfferScenario.Noon).Select((name, i) => new BudgetLevel(name.Key, name.Period, i == 0 ? 105_000 : 0))],
        };
        PushDecision decision = Decider(limits).Explain(request, snapshot);
        string trace = string.Join('\n', decision.Trace!.Entries.SelectMany(entry => entry.Saw).Select(saw => $"{saw.Name}={saw.Number}{saw.Instant:O}{saw.Text}"));

        Assert.Equal(
            OfferConstraints.Disabled | OfferConstraints.OutsideHours | OfferConstraints.RecipientMismatch | OfferConstraints.SegmentMismatch | OfferConstraints.OutOfArea
                | OfferConstraints.Expired | OfferConstraints.BudgetExhausted,
            decision.Failed);
        Assert.Equal(
            """
            offer=disabled
            validTo=2026-11-03T12:00:00.0000000+00:00
            hours=closed
            recipient=another
            segment=none of vip, new
            location=outside
            taken:discount/total=10.5
            budget:discount/total=10.5
            taken:uses/total/customer=0
            budget:uses/total/customer=1
            """.ReplaceLineEndings("\n"),
            trace);
        Assert.DoesNotContain("52.5", trace, StringComparison.Ordinal);
        Assert.DoesNotContain("bob", trace, StringComparison.Ordinal);
        Assert.DoesNotContain("ann", trace, StringComparison.Ordinal);
    }

    [Fact]
    public void A_push_publishes_what_each_customer_gets_at_another_time()
    {
        OfferRules perCustomer = new() { ValidFor = TimeSpan.FromDays(2) };
        OfferRules forAll = perCustomer with { PublishedAt = OfferScenario.Noon.AddDays(-2) };

        Assert.Equal(PushVerdictKind.Allow, Evaluate(OfferScenario.Limits(null, ("tenth", perCustomer)), Request, Snapshot, OfferScenario.Noon.AddDays(30)).Kind);
        Assert.Equal(OfferConstraints.Expired, Evaluate(OfferScenario.Limits(null, ("tenth", forAll)), Request, Snapshot).Failed);
        Assert.Equal(PushVerdict.AllowUntil(OfferScenario.Noon), Evaluate(OfferScenario.Limits(null, ("tenth", forAll)), Request, Snapshot, OfferScenario.Noon.AddHours(-1)));
    }

    [Fact]
    public void It_names_the_budgets_to_read_and_claims_none()
    {
        OfferLimits limits = OfferScenario.Limits(null, ("tenth", new OfferRules { Budgets = [new OfferBudget(BudgetMeasure.Redemptions, 1) { Holder = BudgetHolder.Customer, Period = BudgetPeriod.Month }] }));
        List<BudgetName> names = [];
        PushClaims claims = new();
        PushRequest request = Request with { Offer = OfferScenario.Tenth with { Budget = 7 } };
        var policy = new OfferEligibilityPolicy(limits);
        policy.AddBudgetNames(Context(request, Snapshot), names);
        policy.AddClaims(Context(request, Snapshot), claims);

        Assert.Equal(limits.BudgetNames(request.Offer, OfferScenario.Ann, OfferScenario.Noon), names);
        Assert.Equal(["", "2026-11"], names.Select(name => name.Period));
        Assert.Empty(claims.Budgets);
    }

    [Fact]
    public void Rules_that_contradict_themselves_let_nothing_be_sent()
    {
        PushDecision decision = Decider(OfferScenario.Limits(null, ("tenth", new OfferRules { RedemptionRate = 7 }))).Decide(Request, Snapshot);
        Assert.Equal((PushOutcome.Drop, PushReason.PolicyFailed), (decision.Outcome, decision.Reason));
    }

    [Fact]
    public void A_verdict_without_a_trace_allocates_nothing()
    {
        OfferLimits limits = OfferScenario.Limits(null, ("tenth", new OfferRules { Hours = Daily(9, 18), Budgets = [new OfferBudget(BudgetMeasure.Redemptions, 9) { Period = BudgetPeriod.Day }] }));
        PushRequest request = Request with { Offer = OfferScenario.Tenth with { ValidTo = OfferScenario.Noon.AddDays(9), Segments = ["vip"] } };
        PushSnapshot snapshot = Snapshot with { Budgets = [.. limits.BudgetNames(request.Offer, OfferScenario.Ann, OfferScenario.Noon).Select(name => new BudgetLevel(name.Key, name.Period, 1))] };
        PushContext allowed = Context(request, snapshot with { Customer = OfferScenario.Ann with { Segments = ["vip"] } });
        PushContext dropped = Context(request, snapshot);
        PushContext closed = Context(request, snapshot with { Customer = OfferScenario.Ann with { Segments = ["vip"] } }, OfferScenario.Noon.AddHours(9));
        var policy = new OfferEligibilityPolicy(limits);
        Assert.Equal(
            (PushVerdictKind.Allow, PushVerdictKind.Drop, OfferConstraints.OutsideHours), (policy.Evaluate(allowed).Kind, policy.Evaluate(dropped).Kind, policy.Evaluate(closed).Failed));
        for (int i = 0; i < 200; i++)
        {
            policy.Evaluate(allowed);
            policy.Evaluate(dropped);
            policy.Evaluate(closed);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        policy.Evaluate(allowed);
        policy.Evaluate(dropped);
        policy.Evaluate(closed);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Flips(
        OfferRules rules, PushRequest request, PushSnapshot snapshot, OfferConstraints failed, PushFlip flip, OfferRules otherRules, PushRequest otherRequest, PushSnapshot otherSnapshot)
    {
        PushVerdict verdict = Evaluate(OfferScenario.Limits(null, ("tenth", rules)), request, snapshot, trace: new PushTraceBuilder(1));
        Assert.Equal((failed, flip), (verdict.Failed, verdict.Flip));
        Assert.Equal(PushVerdictKind.Allow, Evaluate(OfferScenario.Limits(null, ("tenth", otherRules)), otherRequest, otherSnapshot).Kind);
    }

    private static OfferHours Daily(int from, int to) => new() { Week = [.. Enum.GetValues<DayOfWeek>().Select(day => new WeeklyHours(day, new TimeOnly(from, 0), new TimeOnly(to, 0)))] };

    private static PushTrace TraceOf(OfferRules rules)
    {
        OfferLimits limits = OfferScenario.Limits(null, ("tenth", rules));
        return PushScenario.Decider(new OfferEligibilityPolicy(limits), new HeadroomPolicy(limits)).Explain(Request, Snapshot).Trace!;
    }

    private static PushVerdict Evaluate(OfferLimits limits, PushRequest request, PushSnapshot snapshot, DateTimeOffset? plannedAt = null, PushTraceBuilder? trace = null) =>
        new OfferEligibilityPolicy(limits).Evaluate(Context(request, snapshot, plannedAt, trace));

    private static PushContext Context(PushRequest request, PushSnapshot snapshot, DateTimeOffset? plannedAt = null, PushTraceBuilder? trace = null) =>
        new(request, snapshot, plannedAt ?? snapshot.Now, PushScenario.TimeToLive, PushScenario.ZoneOf(snapshot.Customer), trace);

    private static PushDecider Decider(OfferLimits limits, params IEnumerable<IPushPolicy> others) =>
        new(new PushPolicySet([new OfferEligibilityPolicy(limits), .. others]), PushScenario.ZoneOf, PushScenario.TimeToLive, NullLogger.Instance);
}
