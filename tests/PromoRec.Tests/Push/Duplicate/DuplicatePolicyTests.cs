using PromoRec.Push;
using PromoRec.Push.Duplicate;
using PromoRec.Push.Ledger;
using static PromoRec.Tests.Push.PushScenario;

namespace PromoRec.Tests.Push.Duplicate;

public sealed class DuplicatePolicyTests
{
    private static readonly PushRequest First = Request with { ContentHash = "hash", Key = "1" };

    [Fact]
    public void The_same_offer_rests_for_seven_days_whatever_campaign_and_channel() => AssertRests(
        "duplicate:offer:7d", TimeSpan.FromDays(7), Request with { Campaign = "sale", Channel = ChannelId.Sms }, Request with { Offer = Request.Offer with { Id = "coffee" } });

    [Fact]
    public void The_same_text_rests_for_a_day_whatever_offer() => AssertRests(
        "duplicate:content:1d", TimeSpan.FromDays(1), Request with { Offer = Request.Offer with { Id = "coffee" }, ContentHash = "hash" }, Request with { ContentHash = "other" });

    [Fact]
    public void The_same_push_rests_for_thirty_days_under_whatever_key() => AssertRests(
        "duplicate:push:30d", TimeSpan.FromDays(30), Request with { Key = "2" }, Request with { Occurrence = "2" }, Request with { Campaign = "sale" }, Request with { Channel = ChannelId.Sms });

    [Fact]
    public void A_text_that_nobody_has_hashed_is_like_no_other() => Assert.Equal(
        PushVerdict.Allow, PolicyOf("duplicate:content:1d").Evaluate(Context(Request with { Offer = Request.Offer with { Id = "coffee" } }, At(Noon, Sent(First, Noon)))));

    [Fact]
    public void A_further_step_of_a_dispatch_is_no_duplicate_of_the_first_but_of_itself()
    {
        PushRequest step = Request with { Channel = ChannelId.Sms, IsFollowUp = true };

        Assert.Equal(PushVerdict.Allow, PolicyOf("duplicate:offer:7d").Evaluate(Context(step, At(Noon, Sent(First, Noon)))));
        Assert.Equal(PushReason.Duplicate, PolicyOf("duplicate:push:30d").Evaluate(Context(step, At(Noon, Sent(step, Noon)))).Reason);
    }

    [Fact]
    public void What_was_shown_inside_the_app_or_sent_for_an_order_is_no_advertising_that_went_out()
    {
        foreach (DuplicatePolicy policy in DuplicatePolicy.Create(new DuplicateOptions()))
        {
            foreach (PushRequest other in (PushRequest[])[First with { Channel = ChannelId.InApp }, First with { Class = MessageClass.Transactional }])
            {
                Assert.Equal(PushVerdict.Allow, policy.Evaluate(Context(other, At(Noon, Sent(First, Noon)))));
                Assert.Equal(PushVerdictKind.Allow, policy.Evaluate(Context(First, At(Noon, Sent(other, Noon)))).Kind);
            }
        }
    }

    [Fact]
    public void What_bypasses_caps_is_still_not_sent_twice() => Assert.Equal(
        PushReason.Duplicate,
        PolicyOf("duplicate:offer:7d").Evaluate(Context(Request with { ObeyCaps = false }, At(Noon, Sent(Request with { CountTowardCaps = false }, Noon)))).Reason);

    [Fact]
    public void A_rule_of_length_zero_is_none() => Assert.Equal(
        ["duplicate:content:1d"],
        DuplicatePolicy.Create(new DuplicateOptions { OfferCooldown = TimeSpan.Zero, NaturalKeyWindow = TimeSpan.Zero }).Select(policy => policy.Name));

    [Fact]
    public void In_the_ledger_a_duplicate_is_a_cap_of_one_over_what_equal_pushes_share()
    {
        foreach (DuplicatePolicy policy in DuplicatePolicy.Create(new DuplicateOptions()))
        {
            PushClaims claims = new();
            policy.AddClaims(Context(First), claims);

            CapClaim cap = Assert.Single(claims.Caps);
            Assert.Equal(1, cap.Limit);
            Assert.False(At(Noon, Sent(First, Noon)).History.Count(cap, Noon, TimeToLive, Noon).Fits);
            Assert.True(At(Noon, Sent(Request with { Offer = Request.Offer with { Id = "coffee" } }, Noon)).History.Count(cap, Noon, TimeToLive, Noon).Fits);
        }
    }

    /// <summary>That a push is dropped until exactly a window after <see cref="First"/>, and others are not.</summary>
    private static void AssertRests(string name, TimeSpan window, PushRequest same, params PushRequest[] others)
    {
        DuplicatePolicy policy = PolicyOf(name);
        PushSnapshot before = At(Noon + window - TimeSpan.FromTicks(1), Sent(First, Noon));

        Assert.Equal(PushVerdict.Drop(PushReason.Duplicate, Noon + window), policy.Evaluate(Context(same, before)));
        Assert.Equal(PushVerdictKind.Allow, policy.Evaluate(Context(same, At(Noon + window, Sent(First, Noon)))).Kind);
        Assert.All(others, other => Assert.Equal(PushVerdictKind.Allow, policy.Evaluate(Context(other, before)).Kind));
    }

    private static DuplicatePolicy PolicyOf(string name) => DuplicatePolicy.Create(new DuplicateOptions()).Single(policy => policy.Name == name);
}
