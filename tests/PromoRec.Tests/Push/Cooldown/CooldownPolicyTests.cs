using PromoRec.Push;
using PromoRec.Push.Cooldown;
using static PromoRec.Tests.Push.PushScenario;

namespace PromoRec.Tests.Push.Cooldown;

public sealed class CooldownPolicyTests
{
    private static readonly TimeSpan Length = TimeSpan.FromDays(30);

    [Fact]
    public void An_offer_rests_after_it_was_redeemed()
    {
        CooldownPolicy policy = new(new CooldownOptions());
        CustomerFact redeemed = new(CustomerFactKind.Redeemed, "tea", Noon);

        Assert.Equal(PushVerdict.Drop(PushReason.RecentlyRedeemed, Noon + Length), policy.Evaluate(After(Noon + Length - TimeSpan.FromTicks(1), redeemed)));
        Assert.Equal(PushVerdict.Allow, policy.Evaluate(After(Noon + Length, redeemed)));
    }

    [Fact]
    public void The_latest_of_several_counts_in_whatever_order_they_stand() => Assert.Equal(
        Noon + Length,
        new CooldownPolicy(new CooldownOptions())
            .Evaluate(After(Noon, new(CustomerFactKind.Redeemed, "tea", Noon.AddDays(-2)), new(CustomerFactKind.Redeemed, "tea", Noon), new(CustomerFactKind.Redeemed, "tea", Noon.AddDays(-9))))
            .NextEligibleAt);

    [Fact]
    public void Redeeming_and_dismissing_are_apart()
    {
        CustomerFact dismissed = new(CustomerFactKind.Dismissed, "tea", Noon);

        Assert.Equal(PushVerdict.Allow, new CooldownPolicy(new CooldownOptions()).Evaluate(After(Noon, dismissed)));
        Assert.Equal(
            PushReason.RecentlyDismissed, new CooldownPolicy(new CooldownOptions { After = CustomerFactKind.Dismissed }).Evaluate(After(Noon, dismissed)).Reason);
    }

    [Fact]
    public void Other_offers_rest_only_when_the_rule_is_about_any_offer()
    {
        CustomerFact other = new(CustomerFactKind.Redeemed, "coffee", Noon);

        Assert.Equal(PushVerdict.Allow, new CooldownPolicy(new CooldownOptions()).Evaluate(After(Noon, other)));
        Assert.Equal(PushReason.RecentlyRedeemed, new CooldownPolicy(new CooldownOptions { AnyOffer = true }).Evaluate(After(Noon, other)).Reason);
    }

    [Fact]
    public void What_a_clock_that_runs_ahead_has_dated_into_the_future_counts() =>
        Assert.Equal(PushReason.RecentlyRedeemed, new CooldownPolicy(new CooldownOptions()).Evaluate(After(Noon, new CustomerFact(CustomerFactKind.Redeemed, "tea", DateTimeOffset.MaxValue))).Reason);

    [Fact]
    public void It_is_about_advertising_only_and_about_what_it_applies_to()
    {
        CustomerFact redeemed = new(CustomerFactKind.Redeemed, "tea", Noon);
        CooldownOptions sms = new();
        sms.AppliesTo.Channels.Add(ChannelId.Sms);

        Assert.Equal(PushVerdict.Allow, new CooldownPolicy(sms).Evaluate(After(Noon, redeemed)));
        Assert.Equal(
            PushVerdict.Allow, new CooldownPolicy(new CooldownOptions()).Evaluate(Context(Request with { Class = MessageClass.Transactional }, After(Noon, redeemed).Snapshot)));
    }

    [Fact]
    public void Its_name_says_what_it_is()
    {
        Assert.Equal("cooldown:redeemed:30d", new CooldownPolicy(new CooldownOptions()).Name);
        Assert.Equal(
            "cooldown:dismissed-any:12h",
            new CooldownPolicy(new CooldownOptions { After = CustomerFactKind.Dismissed, AnyOffer = true, Length = TimeSpan.FromHours(12) }).Name);
    }

    private static PushContext After(DateTimeOffset now, params CustomerFact[] facts)
    {
        PushSnapshot snapshot = At(now);
        return Context(snapshot: snapshot with { Customer = snapshot.Customer with { Facts = [.. facts] } });
    }
}
