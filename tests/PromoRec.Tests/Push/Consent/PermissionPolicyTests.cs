using PromoRec.Consent.Packs;
using PromoRec.Push;
using PromoRec.Push.Consent;
using PromoRec.Tests.Consent;

namespace PromoRec.Tests.Push.Consent;

public class PermissionPolicyTests
{
    private static readonly PermissionPolicy Policy = new(JurisdictionPacks.Shipped);

    [Theory]
    [InlineData("FR", "push", true, PushReason.None)]
    [InlineData("FR", "push", false, PushReason.NoPermission)]
    [InlineData("FR", "push", null, PushReason.NoPermission)]
    [InlineData("DE", "push", null, PushReason.NoPermission)]
    [InlineData("US", "push", true, PushReason.None)]
    [InlineData("US", "push", null, PushReason.NoPermission)]
    [InlineData("CN", "push", null, PushReason.NoPermission)]
    [InlineData(null, "push", null, PushReason.NoPermission)]
    [InlineData("FR", "email", false, PushReason.None)]
    [InlineData("FR", "in-app", null, PushReason.None)]
    public void A_device_must_permit_notifications_of_an_app(string? country, string channel, bool? permitted, PushReason expected) =>
        Assert.Equal(expected, Ask(country, ConsentCases.Request with { Channel = new ChannelId(channel) }, permitted));

    [Theory]
    [InlineData(true, PushReason.None)]
    [InlineData(false, PushReason.NoPermission)]
    [InlineData(null, PushReason.None)]
    public void What_belongs_to_an_order_is_tried_unless_the_device_is_known_to_refuse(bool? permitted, PushReason expected) =>
        Assert.Equal(expected, Ask("FR", ConsentCases.Request with { Channel = ChannelId.AppPush, Class = MessageClass.Transactional }, permitted));

    private static PushReason Ask(string? country, PushRequest request, bool? permitted) =>
        Policy.Evaluate(PushScenario.Context(request, ConsentCases.Snapshot(country, Ledgers.View(), permitted))).Reason;
}
