using System.Collections.Frozen;
using System.Collections.Immutable;
using PromoRec.Consent.Packs;
using PromoRec.Push.Calendar;
using PromoRec.Push.QuietHours;

namespace PromoRec.Push.LegalQuietHours;

/// <summary>Holds promotions back in the quiet hours of the customer's jurisdiction and region, besides those that the host has chosen.</summary>
internal sealed class LegalQuietHoursPolicy : IPlannedSendPolicy
{
    private readonly JurisdictionPacks _packs;
    private readonly FrozenDictionary<JurisdictionPack, ImmutableArray<QuietHoursPolicy>> _policies;

    /// <param name="packs">The rules of jurisdictions.</param>
    /// <param name="manner">What happens to a push that falls into quiet hours; its hours are not looked at.</param>
    public LegalQuietHoursPolicy(JurisdictionPacks packs, QuietHoursOptions manner)
    {
        _packs = packs;
        _policies = packs.All.ToFrozenDictionary(pack => pack, pack => pack.QuietTables.Select(hours => PolicyOf(hours, manner)).ToImmutableArray());
    }

    public PushStage Stage => PushStage.Timing;

    public string Name => "legal-quiet-hours";

    public PushVerdict Evaluate(in PushContext context)
    {
        JurisdictionPack pack = PackOf(context);
        QuietHoursPolicy policy = PolicyOf(pack, context);
        if (!IsHeld(context.Request) || pack.QuietTables[pack.QuietIndexOf(context.Snapshot.Customer.Region)].IsEmpty)
        {
            return PushVerdict.Allow;
        }

        context.Saw(PushInputs.Jurisdiction, pack.Name);
        return policy.Evaluate(context.In(ZoneFor(pack, context)));
    }

    public DateTimeOffset Place(in PushContext context)
    {
        JurisdictionPack pack = PackOf(context);
        return IsHeld(context.Request) ? PolicyOf(pack, context).Place(context.In(ZoneFor(pack, context))) : context.PlannedAt;
    }

    // A message inside the app waits for the customer, and what the customer needs for an order does not wait for the morning.
    private static bool IsHeld(PushRequest request) => request.Class != MessageClass.Transactional && request.Channel != ChannelId.InApp;

    /// <summary>The customer's zone if the jurisdiction is content with how it is known, else what the jurisdiction wants in its place.</summary>
    private static CustomerZone ZoneFor(JurisdictionPack pack, in PushContext context) => (context.Zone.Source, pack.UnknownZone) switch
    {
        (ZoneSource.Device or ZoneSource.Profile or ZoneSource.Inferred, _) => context.Zone,
        (ZoneSource.Country, not UnknownZoneRule.Block) => context.Zone,
        (ZoneSource.Fallback, UnknownZoneRule.FallbackZone) => context.Zone,
        (ZoneSource.Fallback, UnknownZoneRule.CountryZones) => CountryZones.ZoneOf(context.Snapshot.Customer.Country),
        _ => CustomerZone.Unknown,
    };

    private static QuietHoursPolicy PolicyOf(ImmutableArray<QuietPeriod> hours, QuietHoursOptions manner) => new(new QuietHoursOptions
    {
        AllChannels = new QuietWeek { EveryDay = [.. hours.Select(span => new QuietInterval(span.From, span.To))] },
        Action = manner.Action,
        Scope = manner.Scope,
        KeyName = manner.KeyName,
        PlannedSends = manner.PlannedSends,
        Jitter = manner.Jitter,
    });

    private JurisdictionPack PackOf(in PushContext context) => _packs.For(context.Snapshot.Customer.Country);

    private QuietHoursPolicy PolicyOf(JurisdictionPack pack, in PushContext context) => _policies[pack][pack.QuietIndexOf(context.Snapshot.Customer.Region)];
}
