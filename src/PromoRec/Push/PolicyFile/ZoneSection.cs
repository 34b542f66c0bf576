using PromoRec.Push.Calendar;

namespace PromoRec.Push.PolicyFile;

/// <summary>Reads the section "zone": where a customer's local time comes from when nobody knows the zone.</summary>
internal sealed class ZoneSection(FileContext file)
{
    private static readonly string[] Names = ["unknown", "fallback", "minimumConfidence"];

    public RuleDraft<ZoneOptions> Read(LocatedJson section)
    {
        RuleDraft<ZoneOptions> zone = new(section);
        foreach ((string name, LocatedJson member) in file.Values.Members(section, "an object such as { \"unknown\": \"fallback\", \"fallback\": \"Europe/Berlin\" }"))
        {
            ReadMember(zone, name, member);
        }

        if (zone.Options.Unknown == UnknownZonePolicy.FallbackZone)
        {
            file.Need(section, "fallback", "the zone that takes the place of one that is not known, such as \"Europe/Berlin\"");
        }

        return zone;
    }

    private void ReadMember(RuleDraft<ZoneOptions> zone, string name, LocatedJson member)
    {
        switch (name)
        {
            case "unknown" when ReadUnknown(member) is { } unknown:
                zone.Set(nameof(ZoneOptions.Unknown), member, options => options.Unknown = unknown);
                break;
            case "fallback" when file.Zone(member) is { } fallback:
                zone.Set(nameof(ZoneOptions.FallbackZone), member, options => options.FallbackZone = fallback);
                break;
            case "minimumConfidence" when file.Values.Number(member) is { } confidence:
                zone.Set(nameof(ZoneOptions.MinimumConfidence), member, options => options.MinimumConfidence = confidence);
                break;
            default:
                file.UnknownUnless(name, member, Names);
                break;
        }
    }

    private UnknownZonePolicy? ReadUnknown(LocatedJson member) => file.Values.Word<UnknownZonePolicy>(
        member, ("jurisdiction", UnknownZonePolicy.Jurisdiction), ("block", UnknownZonePolicy.Block), ("fallback", UnknownZonePolicy.FallbackZone), ("intersectAll", UnknownZonePolicy.IntersectAll));
}
