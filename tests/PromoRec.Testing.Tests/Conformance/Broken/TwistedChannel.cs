using PromoRec.Delivery;
using PromoRec.Testing.Doubles;

namespace PromoRec.Testing.Tests.Conformance.Broken;

/// <summary>Broken in one small way that a test chooses.</summary>
internal sealed class TwistedChannel(RecordingChannel inner) : IPushChannel
{
    private int _sends;

    public ChannelId Channel => Renames && _sends > 0 ? ChannelId.Sms : inner.Channel;

    public bool Deduplicates => inner.Deduplicates || ClaimsToDeduplicate;

    public bool Renames { get; init; }

    public bool ClaimsToDeduplicate { get; init; }

    public bool LosesTokens { get; init; }

    public bool MixesUp { get; init; }

    public bool IgnoresCancelling { get; init; }

    /// <summary>An outcome that is answered as another one.</summary>
    public (ChannelOutcome From, ChannelOutcome To)? Says { get; init; }

    public async ValueTask<ChannelResult> SendAsync(PushMessage message, CancellationToken cancellationToken = default)
    {
        int send = Interlocked.Increment(ref _sends);
        PushMessage sent = message with
        {
            UnsubscribeToken = LosesTokens ? null : message.UnsubscribeToken,
            UserId = MixesUp && send % 100 == 99 ? "somebody else" : message.UserId,
        };
        ChannelResult result = await inner.SendAsync(sent, IgnoresCancelling ? CancellationToken.None : cancellationToken);
        return Says is { } says && result.Outcome == says.From ? result with { Outcome = says.To } : result;
    }
}
