using PromoRec.Consent;

namespace PromoRec.Tests.Consent;

public class InboundMessageTests
{
    private static UserId Customer => ConsentDesk.Customer;

    private static InboundMessage Sms => new() { Channel = ChannelId.Sms, Text = " Stop. ", Country = "US", Topic = "offers", MessageId = "m1" };

    [Theory]
    [InlineData("US", "sms", ConsentState.Withdrawn, ConsentState.Withdrawn, ConsentState.Withdrawn)]
    [InlineData("FR", "sms", ConsentState.Granted, ConsentState.Withdrawn, ConsentState.Withdrawn)]
    [InlineData("CN", "wechat", ConsentState.Granted, ConsentState.Granted, ConsentState.Granted)]
    [InlineData("XX", "sms", ConsentState.Withdrawn, ConsentState.Withdrawn, ConsentState.Withdrawn)]
    [InlineData(null, "email", ConsentState.Withdrawn, ConsentState.Withdrawn, ConsentState.Withdrawn)]
    public async Task A_stop_reaches_as_far_as_the_jurisdiction_says(string? country, string channel, ConsentState email, ConsentState smsOffers, ConsentState smsNews)
    {
        ConsentDesk desk = await Granted();
        InboundResult result = await desk.Service.ReceiveAsync(Customer, Sms with { Country = country, Channel = new ChannelId(channel) });

        Assert.Equal((true, ConsentOutcome.Recorded), (result.IsStop, result.Outcome));
        Assert.Equal(ConsentState.Withdrawn, result.View.StateOf(new ChannelId(channel), "offers"));
        Assert.Equal((email, smsOffers, smsNews), (result.View.StateOf(ChannelId.Email), result.View.StateOf(ChannelId.Sms, "offers"), result.View.StateOf(ChannelId.Sms, "news")));
        Assert.Equal(ConsentState.Withdrawn, Assert.Single(desk.Observer.Heard.Last().Events).State);
    }

    [Fact]
    public async Task A_stop_is_stored_with_word_and_jurisdiction()
    {
        ConsentDesk desk = await Granted();
        await desk.Service.ReceiveAsync(Customer, Sms);
        ConsentEvent entry = (await desk.EventsAsync())[^1];

        Assert.Equal(("inbound:sms:m1", "sms:stop", "US/1", ConsentState.Withdrawn), (entry.EventId, entry.Source, entry.Jurisdiction, entry.State));
    }

    [Fact]
    public async Task One_confirmation_may_be_sent_within_five_minutes()
    {
        ConsentDesk desk = await Granted();
        InboundResult first = await desk.Service.ReceiveAsync(Customer, Sms);
        Assert.Equal(desk.Time.Now.AddMinutes(5), first.ConfirmBefore);

        InboundResult redelivered = await desk.Service.ReceiveAsync(Customer, Sms);
        Assert.Equal((ConsentOutcome.Replayed, null), (redelivered.Outcome, redelivered.ConfirmBefore));
        Assert.Null((await desk.Service.ReceiveAsync(Customer, Sms with { MessageId = "m2" })).ConfirmBefore);
        Assert.Null((await desk.Service.ReceiveAsync(Customer, Sms with { MessageId = null })).ConfirmBefore);
    }

    [Fact]
    public async Task No_confirmation_is_sent_to_a_suppressed_address_nor_where_the_jurisdiction_is_not_known()
    {
        ConsentDesk suppressed = await Granted();
        await suppressed.Service.SuppressAsync(Customer, default, SuppressionCause.Complaint);

        Assert.Null((await suppressed.Service.ReceiveAsync(Customer, Sms)).ConfirmBefore);
        Assert.Null((await (await Granted()).Service.ReceiveAsync(Customer, Sms with { Country = null })).ConfirmBefore);
    }

    [Fact]
    public async Task Of_many_deliveries_of_one_message_one_may_be_confirmed()
    {
        ConsentDesk desk = await Granted();
        InboundResult[] results = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(async () => await desk.Service.ReceiveAsync(Customer, Sms))));

        Assert.Single(results, result => result.ConfirmBefore is not null);
        Assert.All(results, result => Assert.Equal(ConsentState.Withdrawn, result.View.StateOf(ChannelId.Sms, "offers")));
    }

    [Fact]
    public async Task A_message_delivered_again_after_the_customer_came_back_changes_nothing()
    {
        ConsentDesk desk = await Granted();
        await desk.Service.ReceiveAsync(Customer, Sms with { Country = "FR" });
        await desk.Service.GrantAsync(Customer, ConsentDesk.ByEmail with { Channel = ChannelId.Sms });

        Assert.Equal(ConsentState.Granted, (await desk.Service.ReceiveAsync(Customer, Sms with { Country = "FR" })).View.StateOf(ChannelId.Sms));
        Assert.Equal(ConsentState.Withdrawn, (await desk.Service.ReceiveAsync(Customer, Sms with { Country = "FR", MessageId = "m9" })).View.StateOf(ChannelId.Sms));
    }

    [Fact]
    public async Task Two_providers_may_use_one_id_for_messages_on_two_channels()
    {
        ConsentDesk desk = await Granted();
        await desk.Service.ReceiveAsync(Customer, Sms with { Country = "FR", MessageId = "1" });

        InboundResult second = await desk.Service.ReceiveAsync(Customer, Sms with { Country = "FR", MessageId = "1", Channel = ChannelId.Email });

        Assert.Equal((ConsentOutcome.Recorded, ConsentState.Withdrawn), (second.Outcome, second.View.StateOf(ChannelId.Email)));
    }

    [Fact]
    public async Task A_stop_whose_id_was_used_for_something_else_is_not_lost()
    {
        ConsentDesk desk = await Granted();
        InboundMessage message = Sms with { Country = "CN", Channel = new ChannelId("wechat"), Topic = "" };
        await desk.Service.GrantAsync(Customer, ConsentDesk.ByEmail with { EventId = "inbound:wechat:m1" });

        InboundResult result = await desk.Service.ReceiveAsync(Customer, message);

        Assert.Equal((ConsentOutcome.Recorded, ConsentState.Withdrawn), (result.Outcome, result.View.StateOf(message.Channel)));
    }

    [Fact]
    public async Task The_longest_ids_of_messages_and_channels_fit()
    {
        ConsentDesk desk = await Granted();
        InboundMessage message = Sms with { Channel = new ChannelId(new string('c', 64)), MessageId = new string('m', 180) };

        Assert.Equal(ConsentOutcome.Recorded, (await desk.Service.ReceiveAsync(Customer, message)).Outcome);
        Assert.Equal(ConsentOutcome.Replayed, (await desk.Service.ReceiveAsync(Customer, message)).Outcome);
        Assert.Equal(ConsentOutcome.Recorded, (await desk.Service.ReceiveAsync(Customer, message with { MessageId = new string('n', 180) })).Outcome);
    }

    [Theory]
    [InlineData("thanks!")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Anything_else_is_left_to_a_person(string? text)
    {
        ConsentDesk desk = await Granted();
        int before = (await desk.EventsAsync()).Length;
        InboundResult result = await desk.Service.ReceiveAsync(Customer, Sms with { Text = text! });

        Assert.Equal((false, ConsentOutcome.Unchanged, null), (result.IsStop, result.Outcome, result.ConfirmBefore));
        Assert.Equal(ConsentState.Granted, result.View.StateOf(ChannelId.Sms, "offers"));
        Assert.Equal(before, (await desk.EventsAsync()).Length);
    }

    [Fact]
    public async Task A_message_id_that_is_no_id_is_refused()
    {
        ConsentDesk desk = await Granted();

        await Assert.ThrowsAsync<ArgumentException>(async () => await desk.Service.ReceiveAsync(Customer, Sms with { MessageId = " " }));
        await Assert.ThrowsAsync<ArgumentException>(async () => await desk.Service.ReceiveAsync(Customer, Sms with { MessageId = new string('m', 181) }));
    }

    private static async Task<ConsentDesk> Granted()
    {
        var desk = new ConsentDesk();
        await desk.Service.GrantAsync(Customer, ConsentDesk.ByEmail with { Channel = default });
        return desk;
    }
}
