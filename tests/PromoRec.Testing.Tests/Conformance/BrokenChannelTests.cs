using System.Reflection;
using PromoRec.Delivery;
using PromoRec.Testing.Conformance;
using PromoRec.Testing.Doubles;
using PromoRec.Testing.Tests.Conformance.Broken;

namespace PromoRec.Testing.Tests.Conformance;

/// <summary>For every check there is a broken channel that it must find.</summary>
public class BrokenChannelTests
{
    private static readonly Dictionary<string, Func<RecordingChannel, IPushChannel>> Faults = new()
    {
        ["another name"] = channel => new TwistedChannel(channel) { Renames = true },
        ["tokens lost"] = channel => new TwistedChannel(channel) { LosesTokens = true },
        ["mixed up"] = channel => new TwistedChannel(channel) { MixesUp = true },
        ["busy is for good"] = channel => new TwistedChannel(channel) { Says = (ChannelOutcome.Transient, ChannelOutcome.Permanent) },
        ["wrong addresses are tried again"] = channel => new TwistedChannel(channel) { Says = (ChannelOutcome.Permanent, ChannelOutcome.Transient) },
        ["lost answers are failures"] = channel => new TwistedChannel(channel) { Says = (ChannelOutcome.Unknown, ChannelOutcome.Transient) },
        ["claims to deduplicate"] = channel => new TwistedChannel(channel) { ClaimsToDeduplicate = true },
        ["cannot be cancelled"] = channel => new TwistedChannel(channel) { IgnoresCancelling = true },
    };

    [Theory]
    [InlineData("another name", "channels-name-themselves")]
    [InlineData("tokens lost", "accepted-messages-arrive-once")]
    [InlineData("mixed up", "messages-are-not-mixed-up")]
    [InlineData("busy is for good", "refusals-for-now-are-transient")]
    [InlineData("busy is for good", "unreachable-providers-have-taken-nothing")]
    [InlineData("wrong addresses are tried again", "refusals-for-good-are-permanent")]
    [InlineData("lost answers are failures", "lost-answers-are-unknown")]
    [InlineData("claims to deduplicate", "deduplication-is-kept")]
    [InlineData("cannot be cancelled", "cancelled-calls-send-nothing")]
    public async Task A_broken_channel_is_found_by(string fault, string check)
    {
        ConformanceException found = await Assert.ThrowsAsync<ConformanceException>(() => new Suite(Faults[fault]).RunAsync(check, TestContext.Current.CancellationToken));

        Assert.Equal(check, found.Check);
        Assert.Null(found.InnerException);
    }

    [Fact]
    public void Every_check_finds_some_fault()
    {
        IEnumerable<string> found = typeof(BrokenChannelTests).GetMethod(nameof(A_broken_channel_is_found_by))!.GetCustomAttributes<InlineDataAttribute>().Select(row => (string)row.Data[1]!);

        Assert.Equal(PushChannelConformance.Names.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    private sealed class Suite(Func<RecordingChannel, IPushChannel> broken) : PushChannelConformance
    {
        private readonly RecordingChannel _channel = new(ChannelId.Email);

        protected override ChannelAbilities Abilities => ChannelAbilities.ShowsDeliveries | ChannelAbilities.ScriptsProvider;

        protected override ValueTask<IPushChannel> CreateAsync(CancellationToken cancellationToken) => ValueTask.FromResult(broken(_channel));

        protected override ValueTask<IReadOnlyList<ProviderDelivery>> ReadDeliveriesAsync(CancellationToken cancellationToken) =>
            ValueTask.FromResult<IReadOnlyList<ProviderDelivery>>([.. _channel.Deliveries.Select(message => new ProviderDelivery(message.SendId, message.UserId, message.UnsubscribeToken))]);

        protected override ValueTask SetProviderAsync(ProviderBehavior behavior, CancellationToken cancellationToken)
        {
            _channel.Behave(behavior);
            return ValueTask.CompletedTask;
        }
    }
}
