namespace PromoRec.Push.Reach;

/// <summary>Drops what goes over a channel that nobody knows, or on which the customer cannot be reached. What waits inside the app reaches whoever comes.</summary>
internal sealed class ReachPolicy(PushEnvironment environment) : IPushPolicy
{
    public PushStage Stage => PushStage.Channel;

    public string Name => "reach";

    public PushVerdict Evaluate(in PushContext context)
    {
        ChannelId channel = context.Request.Channel;
        if (!environment.Knows(channel))
        {
            return PushVerdict.Drop(PushReason.UnknownChannel);
        }

        if (channel == ChannelId.InApp || context.Snapshot.Customer.Reachable.AsSpan().Contains(channel))
        {
            return PushVerdict.Allow;
        }

        return PushVerdict.Drop(PushReason.Unreachable) with { Flip = PushFlip.Fact(PushInputs.Reachable, channel.ToString()) };
    }
}
