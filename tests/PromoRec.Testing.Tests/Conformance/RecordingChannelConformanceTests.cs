using PromoRec.Delivery;
using PromoRec.Testing.Conformance;
using PromoRec.Testing.Doubles;

namespace PromoRec.Testing.Tests.Conformance;

public class RecordingChannelConformanceTests
{
    public static TheoryData<string, bool> Checks => [.. PushChannelConformance.Names.SelectMany(name => new (string, bool)[] { (name, false), (name, true) })];

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task It_keeps_every_promise_of_a_channel(string check, bool deduplicates) => await new Suite(deduplicates).RunOrSkipAsync(check);

    [Fact]
    public void Nothing_is_skipped() => Assert.Empty(new Suite(true).Skipped);

    [Proves(typeof(RecordingChannel))]
    private sealed class Suite(bool deduplicates) : PushChannelConformance
    {
        private readonly RecordingChannel _channel = new(ChannelId.Email, deduplicates);

        protected override ChannelAbilities Abilities => ChannelAbilities.ShowsDeliveries | ChannelAbilities.ScriptsProvider;

        protected override ValueTask<IPushChannel> CreateAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IPushChannel>(_channel);

        protected override ValueTask<IReadOnlyList<ProviderDelivery>> ReadDeliveriesAsync(CancellationToken cancellationToken) =>
            ValueTask.FromResult<IReadOnlyList<ProviderDelivery>>([.. _channel.Deliveries.Select(message => new ProviderDelivery(message.SendId, message.UserId, message.UnsubscribeToken))]);

        protected override ValueTask SetProviderAsync(ProviderBehavior behavior, CancellationToken cancellationToken)
        {
            _channel.Behave(behavior);
            return ValueTask.CompletedTask;
        }
    }
}
