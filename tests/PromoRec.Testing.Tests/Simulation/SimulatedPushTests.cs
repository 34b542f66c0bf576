using PromoRec.Interactions;
using PromoRec.Testing.Simulation;

namespace PromoRec.Testing.Tests.Simulation;

public sealed class SimulatedPushTests
{
    [Fact]
    public void Redemptions_are_calibrated_in_every_tenth_with_and_without_a_push()
    {
        foreach (bool sent in new[] { true, false })
        {
            var pushes = Shops.Pushes.Where(push => push.Sent == sent).Select(push => (Stated: sent ? push.RedemptionProbabilityIfPushed : push.RedemptionProbabilityIfNotPushed, push.Redeemed));
            AssertCalibrated([.. pushes]);
        }
    }

    [Fact]
    public void Clicks_dismissals_and_opt_outs_are_calibrated()
    {
        SimulatedPush[] sent = [.. Shops.Pushes.Where(static push => push.Sent)];

        AssertCalibrated([.. sent.Select(static push => (push.Odds.Click, push.Clicked))]);
        AssertCalibrated([.. sent.Select(static push => (push.Odds.Dismiss, push.Dismissed))]);
        AssertCalibrated([.. sent.Select(static push => (push.Odds.Unsubscribe, push.Unsubscribed))]);
        Assert.DoesNotContain(Shops.Pushes, static push => !push.Sent && (push.Clicked || push.Dismissed || push.Unsubscribed));
    }

    [Fact]
    public void Each_offer_is_picked_as_often_as_its_propensities_say()
    {
        int offers = Shops.Pushy.Offers.Count;
        var picked = new double[offers];
        var expected = new double[offers];
        var variance = new double[offers];
        foreach (SimulatedPush push in Shops.Pushes)
        {
            picked[push.Offer]++;
            Assert.Equal(1, push.Choices.Sum(static choice => choice.Probability), 1e-9);
            Assert.Equal(push.OfferPropensity, push.Choices.Single(choice => choice.Offer == push.Offer).Probability);
            foreach ((int offer, double probability) in push.Choices)
            {
                expected[offer] += probability;
                variance[offer] += probability * (1 - probability);
            }
        }

        for (int offer = 0; offer < offers; offer++)
        {
            Assert.InRange(picked[offer] - expected[offer], -4.5 * Math.Sqrt(variance[offer]), 4.5 * Math.Sqrt(variance[offer]));
        }
    }

    [Fact]
    public void Inverse_propensities_recover_what_another_policy_would_earn()
    {
        // The policy "any eligible offer, always sent": once exactly, by the truth, and once from the log alone.
        double exact = 0, estimated = 0, squares = 0;
        foreach (SimulatedPush push in Shops.Pushes)
        {
            exact += push.Choices.Average(choice => Shops.Pushy.Truth.Push(push.Customer, choice.Offer, push.At, push.Channel, push.Fatigue).RedeemIfPushed);
            double term = push is { Sent: true, Redeemed: true } ? 1 / (push.OfferPropensity * push.SendPropensity * push.Choices.Count) : 0;
            estimated += term;
            squares += term * term;
        }

        Assert.InRange(estimated - exact, -4 * Math.Sqrt(squares), 4 * Math.Sqrt(squares));
    }

    [Fact]
    public void Sending_and_channels_follow_their_propensities()
    {
        SimulatedPush[] pushes = Shops.Pushes;
        double sent = pushes.Count(static push => push.Sent);
        Assert.All(pushes, static push => Assert.Equal(0.7, push.SendPropensity, 1e-12));
        Assert.InRange((sent - (0.7 * pushes.Length)) / Math.Sqrt(0.21 * pushes.Length), -4, 4);

        foreach (var group in pushes.GroupBy(static push => push.ChannelPropensity))
        {
            // Every consented channel of a customer with n of them has one n-th.
            Assert.All(group, push => Assert.Equal(1.0 / Shops.PushyCustomers[push.Customer].Consents.Count, group.Key));
            Assert.All(group, static push => Assert.Contains(push.Channel, Shops.PushyCustomers[push.Customer].Consents));
        }

        Assert.All(pushes.Take(100), static push => Assert.Equal(push.OfferPropensity * push.ChannelPropensity * (push.Sent ? 0.7 : 0.3), push.Propensity, 1e-12));
    }

    [Fact]
    public void The_recorded_odds_are_those_of_the_truth()
    {
        Assert.All(Shops.Pushes.Take(2_000), static push =>
            Assert.Equal(push.Odds, Shops.Pushy.Truth.Push(push.Customer, push.Offer, push.At, push.Channel, push.Fatigue)));
    }

    [Fact]
    public void Uplift_is_mostly_positive_and_sometimes_negative()
    {
        Assert.InRange(Shops.Medium.Pushes.Average(static push => push.Odds.Uplift > 0 ? 1.0 : 0), 0.7, 0.98);
    }

    [Fact]
    public void Nobody_is_pushed_without_consent_after_opting_out_or_after_leaving()
    {
        var optedOut = new HashSet<int>();
        SimulatedCustomer[] customers = Shops.PushyCustomers;
        foreach (SimulatedPush push in Shops.Pushes)
        {
            Assert.DoesNotContain(push.Customer, optedOut);
            Assert.NotEmpty(customers[push.Customer].Consents);
            Assert.True(push.At >= customers[push.Customer].JoinedAt && push.At < (customers[push.Customer].ChurnsAt ?? DateTimeOffset.MaxValue));
            if (push.Unsubscribed)
            {
                optedOut.Add(push.Customer);
            }
        }

        Assert.NotEmpty(optedOut);
        optedOut.Clear();
        foreach (SimulatedEvent one in Shops.Pushy.Events)
        {
            if (one.Kind == InteractionKind.Unsubscribe)
            {
                optedOut.Add(one.Customer);
            }
            else if (one.Kind == InteractionKind.Impression)
            {
                Assert.DoesNotContain(one.Customer, optedOut);
            }
        }
    }

    [Fact]
    public void Pushes_respect_validity_segments_and_budgets()
    {
        var redeemed = new int[Shops.Pushy.Offers.Count];
        foreach (SimulatedPush push in Shops.Pushes)
        {
            Offer offer = Shops.Pushy.Offers[push.Offer];
            Assert.True(push.At >= offer.ValidFrom && push.At < offer.ValidTo);
            Assert.True(push.RedeemedAt is null || (push.RedeemedAt > push.At && push.RedeemedAt < offer.ValidTo && push.RedeemedAt <= push.At.AddDays(7)));
            Assert.All(offer.Segments, segment => Assert.True(Shops.Pushy.IsInSegment(push.UserId, segment)));
            redeemed[push.Offer] += push.Redeemed ? 1 : 0;
        }

        Assert.All(redeemed.Index(), static count => Assert.True(count.Item <= (Shops.Pushy.Offers[count.Index].Budget ?? long.MaxValue)));
        Assert.Contains(redeemed.Index(), static count => count.Item == Shops.Pushy.Offers[count.Index].Budget);
    }

    [Fact]
    public void Pushes_and_events_tell_the_same_story()
    {
        var sent = Shops.Pushes.Where(static push => push.Sent).ToDictionary(static push => push.EventId!);
        Dictionary<int, SimulatedPush> byNumber = Shops.Pushes.ToDictionary(static push => push.Number);
        int impressions = 0;
        foreach (Interaction one in Shops.Pushy.Interactions.Where(static one => one.Kind == InteractionKind.Impression))
        {
            SimulatedPush push = sent[one.EventId!];
            Assert.Equal((push.UserId, push.OfferId, push.At), (one.User, one.Offer, one.At));
            impressions++;
        }

        Assert.Equal(sent.Count, impressions);
        DateTimeOffset end = Shops.Pushy.Events.Last().At;
        Assert.Equal(
            Shops.Pushes.Where(push => push.RedeemedAt < end).Select(static push => push.Number).Order(),
            Shops.Pushy.Events.Where(one => one.Kind == InteractionKind.Redeem && one.At < end).Select(static one => one.Push).Order());
        Assert.All(Shops.Pushy.Events.Where(static one => one.Push >= 0), one => Assert.Equal(byNumber[one.Push].Customer, one.Customer));
    }

    [Fact]
    public void A_redemption_buys_one_of_the_targets()
    {
        ShopSimulator simulator = Shops.Pushy;
        foreach (Interaction one in simulator.Interactions.Where(static one => one.Kind == InteractionKind.Redeem).Take(3_000))
        {
            Item item = simulator.Items[simulator.ItemNumber(one.Item)].Item;
            Assert.Contains(simulator.Offers[simulator.OfferNumber(one.Offer)].Targets, target => target.Kind switch
            {
                OfferTargetKind.Item => target.ItemId == item.Id,
                OfferTargetKind.Category => item.Categories.Contains(target.Name),
                OfferTargetKind.Brand => item.Brand == target.Name,
                _ => true,
            });
        }
    }

    [Fact]
    public void Redemptions_can_be_foretold_from_affinity()
    {
        // Area under the curve: a redeemed push has the higher affinity this often.
        ShopTruth truth = Shops.Pushy.Truth;
        var byAffinity = Shops.Pushes.Where(static push => push.Sent && Shops.Pushy.Offers[push.Offer].Targets[0].Kind != OfferTargetKind.WholeShop)
            .Select(push => (Affinity: truth.OfferAffinity(push.Customer, push.Offer), push.Redeemed)).OrderBy(static pair => pair.Affinity).ToArray();
        double ranks = byAffinity.Index().Where(static pair => pair.Item.Redeemed).Sum(static pair => pair.Index + 1.0);
        double redeemed = byAffinity.Count(static pair => pair.Redeemed);
        double area = (ranks - (redeemed * (redeemed + 1) / 2)) / (redeemed * (byAffinity.Length - redeemed));

        Assert.InRange(area, 0.65, 0.95);
    }

    private static void AssertCalibrated((double Stated, bool Happened)[] forecasts)
    {
        Assert.True(forecasts.Length > 2_000);
        foreach ((double Stated, bool Happened)[] tenth in forecasts.OrderBy(static forecast => forecast.Stated).Chunk((forecasts.Length + 9) / 10))
        {
            double expected = tenth.Sum(static forecast => forecast.Stated);
            double deviation = Math.Sqrt(tenth.Sum(static forecast => forecast.Stated * (1 - forecast.Stated)));
            double happened = tenth.Count(static forecast => forecast.Happened);
            Assert.InRange(happened, expected - (4 * deviation) - 1, expected + (4 * deviation) + 1);
        }
    }
}
