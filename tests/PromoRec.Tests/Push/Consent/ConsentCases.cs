using FsCheck;
using FsCheck.Fluent;
using PromoRec.Consent;
using PromoRec.Consent.Packs;
using PromoRec.Push;
using PromoRec.Push.Consent;
using PromoRec.Push.OptOut;
using PromoRec.Push.Snooze;
using PromoRec.Push.Suppression;
using PromoRec.Tests.Consent;

namespace PromoRec.Tests.Push.Consent;

/// <summary>Requests, customers and ledgers as policies about consent meet them.</summary>
internal static class ConsentCases
{
    public static readonly IPushPolicy[] Policies =
    [
        new SuppressionPolicy(),
        new ConsentPolicy(JurisdictionPacks.Shipped, Seller()),
        new PermissionPolicy(JurisdictionPacks.Shipped),
        new OptOutPolicy(new OptOutOptions()),
        new SnoozePolicy(new SnoozeOptions()),
        new SnoozeDeferring(),
    ];

    public static PushRequest Request { get; } = PushScenario.Request with { Topic = "offers/shoes", Category = "shoes" };

    public static Gen<PushContext> Contexts { get; } =
        from events in Ledgers.OutOfOrder
        from country in Gen.Elements("FR", "DE", "US", "CN", "ZZ", null)
        from channel in Gen.Elements(ChannelId.Email, ChannelId.Sms, ChannelId.AppPush, ChannelId.InApp, new ChannelId("own"))
        from topic in Gen.Elements(Ledgers.Topics)
        from messageClass in Gen.Elements(MessageClass.Promotional, MessageClass.Promotional, MessageClass.Transactional)
        from permitted in Gen.Elements<bool?>(true, false, null)
        from snoozedFor in Gen.Elements<int?>(null, -1, 0, 1)
        select Context(events.Length > 6 ? events[..6] : events, country, channel, topic, messageClass, permitted, snoozedFor);

    public static PushConsentOptions Seller() => new() { SellerId = "shop", SimilarCategories = { ["boots"] = new HashSet<string> { "shoes" } } };

    public static PushVerdict Ask(IPushPolicy policy, string? country, PushRequest request, params ConsentEvent[] events) =>
        policy.Evaluate(PushScenario.Context(request, Snapshot(country, Ledgers.ViewInOrder(events))));

    public static PushSnapshot Snapshot(string? country, ConsentView view, bool? permitted = null) =>
        PushScenario.Snapshot with { Consent = view, Customer = PushScenario.Snapshot.Customer with { Country = country, NotificationsPermitted = permitted } };

    private static PushContext Context(ConsentEvent[] events, string? country, ChannelId channel, string topic, MessageClass messageClass, bool? permitted, int? snoozedFor)
    {
        PushSnapshot snapshot = Snapshot(country, Ledgers.View(events), permitted);
        return PushScenario.Context(
            Request with { Channel = channel, Topic = topic, Class = messageClass },
            snapshot with { Customer = snapshot.Customer with { SnoozedUntil = snoozedFor is { } hours ? PushScenario.Noon.AddHours(hours) : null } });
    }

    /// <summary>The deferring form under a name of its own, so that both stand in one list.</summary>
    private sealed class SnoozeDeferring : IPushPolicy
    {
        private readonly SnoozePolicy _policy = new(new SnoozeOptions { Action = SnoozeAction.Defer });

        public PushStage Stage => _policy.Stage;

        public string Name => "snooze-deferring";

        public PushVerdict Evaluate(in PushContext context) => _policy.Evaluate(context);
    }
}
