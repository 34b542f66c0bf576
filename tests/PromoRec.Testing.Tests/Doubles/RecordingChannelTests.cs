using PromoRec.Delivery;
using PromoRec.Testing.Conformance;
using PromoRec.Testing.Doubles;

namespace PromoRec.Testing.Tests.Doubles;

public class RecordingChannelTests
{
    private static readonly Offer Spring = new() { Id = "spring", Terms = OfferTerms.PercentOff(10) };

    [Fact]
    public async Task It_answers_as_scripted_and_then_as_usual()
    {
        RecordingChannel channel = new(ChannelId.Sms);
        channel.Behave(ProviderBehavior.RefusesForGood);
        channel.Script(ProviderBehavior.Accepts, ProviderBehavior.RefusesForNow, ProviderBehavior.IsUnreachable, ProviderBehavior.TakesWithoutAnswer, ProviderBehavior.LosesWithoutAnswer);

        List<ChannelResult> results = [];
        for (int i = 0; i < 6; i++)
        {
            results.Add(await channel.SendAsync(Message($"{i}")));
        }

        Assert.Equal(
            [ChannelOutcome.Accepted, ChannelOutcome.Transient, ChannelOutcome.Transient, ChannelOutcome.Unknown, ChannelOutcome.Unknown, ChannelOutcome.Permanent],
            results.Select(result => result.Outcome));
        Assert.Equal((TimeSpan.FromSeconds(30), null), (results[1].RetryAfter, results[2].RetryAfter));
        Assert.Equal(["0", "1", "2", "3", "4", "5"], channel.Attempts.Select(message => message.SendId));
        Assert.Equal(["0", "3"], channel.Deliveries.Select(message => message.SendId));
    }

    [Theory]
    [InlineData(false, 3)]
    [InlineData(true, 1)]
    public async Task A_message_handed_over_again_is_delivered_again_unless_it_deduplicates(bool deduplicates, int deliveries)
    {
        RecordingChannel channel = new(ChannelId.Sms, deduplicates);
        channel.Script(ProviderBehavior.TakesWithoutAnswer);
        for (int i = 0; i < 3; i++)
        {
            await channel.SendAsync(Message("same"));
        }

        Assert.Equal(deduplicates, channel.Deduplicates);
        Assert.Equal((3, deliveries), (channel.Attempts.Count, channel.Deliveries.Count));
    }

    private static PushMessage Message(string sendId) => new(sendId, 1, Spring, null);
}
