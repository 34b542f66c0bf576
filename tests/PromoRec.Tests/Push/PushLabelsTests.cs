using System.Collections.Immutable;
using PromoRec.Push;
using PromoRec.Push.Ledger;
using static PromoRec.Tests.Push.PushScenario;

namespace PromoRec.Tests.Push;

public sealed class PushLabelsTests
{
    [Fact]
    public void A_push_stands_under_everything_that_it_can_be_counted_by()
    {
        PushRequest request = Request with { Topic = "Offers/Shoes", Keys = [new("brand", "acme")], Offer = Request.Offer with { Id = 42 } };

        Assert.Equal(
            Set(
                PushLabels.Promotional, PushLabels.Outbound, PushLabels.Counted, PushLabels.CountedInChannel, LedgerLabel.Of("channel", "email"), LedgerLabel.Of("offer", "42"),
                LedgerLabel.Of("campaign", "spring"), LedgerLabel.Of("category", "news"), LedgerLabel.Of("topic", "offers"), LedgerLabel.Of("topic", "offers/shoes"),
                LedgerLabel.Of("key:brand", "acme")),
            PushLabels.Of(request).ToHashSet());
    }

    [Fact]
    public void What_has_no_campaign_category_or_topic_has_no_label_of_them() => Assert.Equal(
        Set(PushLabels.Promotional, PushLabels.Outbound, PushLabels.Counted, PushLabels.CountedInChannel, PushLabels.Channel(ChannelId.Email), PushLabels.Offer("tea")),
        PushLabels.Of(Request with { Campaign = "", Category = "" }).ToHashSet());

    [Fact]
    public void What_is_shown_inside_the_app_is_advertising_that_neither_goes_out_nor_is_counted() => Assert.Equal(
        Set(PushLabels.Promotional), Roles(Request with { Channel = ChannelId.InApp }));

    [Fact]
    public void What_a_customer_needs_for_an_order_is_neither_advertising_nor_counted_unless_the_host_wants_it()
    {
        PushRequest order = Request with { Class = MessageClass.Transactional };

        Assert.Empty(Roles(order));
        Assert.Equal(Set(PushLabels.Counted, PushLabels.CountedInChannel), Roles(order with { CountTowardCaps = true }));
        Assert.Equal(Set(PushLabels.Counted, PushLabels.CountedInChannel), Roles(order with { ObeyCaps = true }));
    }

    [Fact]
    public void What_bypasses_caps_is_not_counted_unless_the_host_wants_it()
    {
        Assert.Equal(Set(PushLabels.Promotional, PushLabels.Outbound), Roles(Request with { ObeyCaps = false }));
        Assert.Equal(
            Set(PushLabels.Promotional, PushLabels.Outbound, PushLabels.Counted, PushLabels.CountedInChannel), Roles(Request with { ObeyCaps = false, CountTowardCaps = true }));
        Assert.Equal(Set(PushLabels.Promotional, PushLabels.Outbound), Roles(Request with { CountTowardCaps = false }));
    }

    [Fact]
    public void A_further_step_of_a_dispatch_is_counted_in_its_channel_only() =>
        Assert.Equal(Set(PushLabels.Promotional, PushLabels.Outbound, PushLabels.CountedInChannel), Roles(Request with { IsFollowUp = true }));

    [Fact]
    public void What_is_unique_to_a_push_is_kept_for_a_while_only()
    {
        Assert.Equal([PushLabels.Natural(NaturalKey.Of(Request))], PushLabels.ShortOf(Request));
        Assert.Equal([PushLabels.Natural(NaturalKey.Of(Request)), LedgerLabel.Of("content", "hash")], PushLabels.ShortOf(Request with { ContentHash = "hash" }));
    }

    [Fact]
    public void Campaign_offer_channel_and_occurrence_make_a_push_what_it_is_and_nothing_else_does()
    {
        PushRequest[] different =
        [
            Request,
            Request with { Campaign = "sale" },
            Request with { Campaign = "springtea", Offer = Request.Offer with { Id = "x" } },
            Request with { Campaign = "springte", Offer = Request.Offer with { Id = "ax" } },
            Request with { Channel = ChannelId.Sms },
            Request with { Occurrence = "1" },
        ];

        Assert.Equal(different.Length, different.Select(NaturalKey.Of).Distinct().Count());
        Assert.Equal(NaturalKey.Of(Request), NaturalKey.Of(Request with { UserId = "ben", Score = 1, Category = "deals", Key = "mine", ContentHash = "x" }));
    }

    private static HashSet<LedgerLabel> Roles(PushRequest request)
    {
        ImmutableArray<LedgerLabel> all = PushLabels.Of(request);
        return [.. all.Where(label => label == PushLabels.Promotional || label == PushLabels.Outbound || label == PushLabels.Counted || label == PushLabels.CountedInChannel)];
    }

    private static HashSet<LedgerLabel> Set(params LedgerLabel[] labels) => [.. labels];
}
