using PromoRec.Push;
using PromoRec.Push.Reach;
using static PromoRec.Tests.Push.PushScenario;

namespace PromoRec.Tests.Push.Reach;

public sealed class ReachPolicyTests
{
    private static readonly ReachPolicy Policy = new(new PushEnvironment(TimeSpan.FromDays(100), [new ChannelId("fax")]));

    [Fact]
    public void A_channel_that_nobody_has_registered_is_not_known() =>
        Assert.Equal(PushVerdict.Drop(PushReason.UnknownChannel), Policy.Evaluate(Context(Request with { Channel = new ChannelId("pigeon") })));

    [Fact]
    public void A_customer_is_reached_over_the_channels_that_the_host_names()
    {
        Assert.Equal(PushVerdict.Allow, Policy.Evaluate(Context()));
        Assert.Equal(
            PushVerdict.Drop(PushReason.Unreachable) with { Flip = PushFlip.Fact(PushInputs.Reachable, "fax") }, Policy.Evaluate(Context(Request with { Channel = new ChannelId("fax") })));
    }

    [Fact]
    public void Whoever_comes_is_reached_inside_the_app() =>
        Assert.Equal(PushVerdict.Allow, Policy.Evaluate(Context(Request with { Channel = ChannelId.InApp }, Snapshot with { Customer = new PushCustomer { UserId = "ann" } })));
}
