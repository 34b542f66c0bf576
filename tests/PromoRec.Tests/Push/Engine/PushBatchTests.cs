using PromoRec.Push;
using PromoRec.Push.Engine;
using static PromoRec.Tests.Push.PushScenario;

namespace PromoRec.Tests.Push.Engine;

public sealed class PushBatchTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public void Priority_goes_before_score_and_score_before_the_ordinal_order_of_offer_ids()
    {
        PushRequest[] requests =
        [
            Of("b", 0, 0.5f), Of("a", 0, 0.5f), Of("c", 0, 0.9f), Of("d", 1, 0.1f), Of("e", 0, float.NaN), Of("A", 0, 0.5f), Of("10", 0, 0.5f), Of("9", 0, 0.5f),
        ];

        Assert.Equal(["d", "c", "10", "9", "A", "a", "b", "e"], PushBatch.OrderOf(requests).Select(index => requests[index].Offer.Id.ToString()));
    }

    [Fact]
    public void Decisions_about_several_count_those_that_would_be_sent()
    {
        PushShop shop = new(PushShop.Cap(2, Day));

        IReadOnlyList<PushDecision> decisions = shop.Engine.Decide([Of("a", 0, 0.1f), Of("b", 0, 0.3f), Of("c", 5, 0)], Snapshot, explain: true);

        Assert.Equal([PushReason.FrequencyCap, PushReason.None, PushReason.None], decisions.Select(decision => decision.Reason));
        Assert.All(decisions, decision => Assert.Single(decision.Trace!.Entries));
    }

    [Fact]
    public void What_is_deferred_leaves_its_place_to_others_in_a_decision()
    {
        PushShop shop = new(
            new HostPolicyStub("quiet", PushStage.Timing, context => context.Request.Offer.Id == "a" && context.PlannedAt < Noon + Day ? PushVerdict.Defer(PushReason.QuietHours, Noon + Day) : PushVerdict.Allow),
            PushShop.Cap(1, Day));

        Assert.Equal([PushOutcome.Defer, PushOutcome.SendNow], shop.Engine.Decide([Of("a", 1, 0), Of("b", 0, 0)], Snapshot).Select(decision => decision.Outcome));
    }

    [Fact]
    public async Task A_batch_is_reserved_in_its_order_and_answered_in_that_of_the_requests()
    {
        PushShop shop = new(PushShop.Cap(2, Day));

        IReadOnlyList<PushReservation> answers = await shop.Engine.TryReserveAsync([Of("a", 0, 0.1f), Of("b", 0, 0.3f), Of("c", 5, 0)]);

        Assert.Equal([PushReason.FrequencyCap, PushReason.None, PushReason.None], answers.Select(answer => answer.Decision.Reason));
        Assert.Equal([false, true, true], answers.Select(answer => answer.Place is not null));
        Assert.Equal(1, shop.Ledger.Trips);
    }

    [Fact]
    public async Task A_batch_gives_what_the_same_requests_get_one_by_one()
    {
        Random random = new(7);
        for (int round = 0; round < 60; round++)
        {
            IPushPolicy[] policies = [PushShop.Cap(random.Next(1, 4), Day), new BudgetPolicyStub(random.Next(1, 6), looks: random.Next(2) == 0), PushShop.Cap(1, Day, cap => (cap.Scope, cap.Name) = (PushScope.Channel, "channel"))];
            PushRequest[] requests = [.. Enumerable.Range(0, 20).Select(_ => Of($"{random.Next(4)}", random.Next(2), random.Next(3)) with
            {
                UserId = random.Next(5),
                Channel = random.Next(2) == 0 ? ChannelId.Email : ChannelId.Sms,
                Occurrence = $"{random.Next(3)}",
            })];
            PushShop batch = new(policies);
            PushShop single = new(policies);
            batch.Customers.Find = single.Customers.Find = id => new PushCustomer { UserId = id };

            IReadOnlyList<PushReservation> answers = await batch.Engine.TryReserveAsync(requests);

            foreach (int index in PushBatch.OrderOf(requests))
            {
                PushReservation alone = await single.Engine.TryReserveAsync(requests[index]);
                Assert.Equal(
                    (alone.Key, alone.Decision.Outcome, alone.Decision.Reason, alone.Place?.State, alone.IsReplayed),
                    (answers[index].Key, answers[index].Decision.Outcome, answers[index].Decision.Reason, answers[index].Place?.State, answers[index].IsReplayed));
            }
        }
    }

    [Fact]
    public async Task What_made_way_for_a_place_that_the_ledger_refused_is_decided_again()
    {
        PushShop shop = new(PushShop.Cap(1, Day), new BudgetPolicyStub(1, looks: false));
        shop.Customers.Find = id => new PushCustomer { UserId = id };
        Assert.NotNull((await shop.Engine.TryReserveAsync(Of("a", 0, 0) with { UserId = "ben" })).Place);

        // The budget of offer a is used up, which nobody looks at before; b would have been refused by the cap.
        IReadOnlyList<PushReservation> answers = await shop.Engine.TryReserveAsync([Of("a", 1, 0), Of("b", 0, 0)]);

        Assert.Equal([PushReason.OfferNotEligible, PushReason.None], answers.Select(answer => answer.Decision.Reason));
        Assert.NotNull(answers[1].Place);
    }

    [Fact]
    public async Task A_request_that_cannot_be_one_leaves_everything_as_it_was()
    {
        PushShop shop = new();

        await Assert.ThrowsAsync<ArgumentException>(async () => await shop.Engine.TryReserveAsync([Request, Request with { Channel = default }]));

        Assert.Equal(0, shop.Ledger.Trips);
    }

    [Fact]
    public async Task At_its_release_a_batch_is_decided_about_once_more()
    {
        PushShop shop = new(PolicyStub.DefersTo("quiet", Noon.AddHours(8)), PushShop.Cap(2, Day));
        PushRequest[] requests = [Of("a", 1, 0), Of("b", 0, 0), Of("c", 0, 0)];
        IReadOnlyList<PushReservation> held = await shop.Engine.TryReserveAsync(requests, new PushReserveOptions { HoldDeferred = true });
        Assert.Equal([Noon.AddHours(8), Noon.AddHours(8), null], held.Select(answer => answer.Place?.At));
        shop.Time.Now = Noon.AddHours(8).AddMinutes(5);

        IReadOnlyList<PushReservation> released = await shop.Engine.TryReserveAsync(requests, new PushReserveOptions { DecideAgain = true });

        Assert.Equal([PushOutcome.SendNow, PushOutcome.SendNow, PushOutcome.Drop], released.Select(answer => answer.Decision.Outcome));
        Assert.Equal([Noon.AddHours(8).AddMinutes(5), Noon.AddHours(8).AddMinutes(5), null], released.Select(answer => answer.Place?.At));
        Assert.Equal(2, (await shop.Ledger.ReadAsync("ann")).Entries.Length);
    }

    private static PushRequest Of(string offer, int priority, float score) => Request with { Offer = Request.Offer with { Id = offer }, Priority = priority, Score = score };
}
