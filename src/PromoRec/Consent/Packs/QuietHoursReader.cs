using System.Globalization;
using System.Text.Json;

namespace PromoRec.Consent.Packs;

/// <summary>Reads quiet hours from a pack's file: lists of intervals such as "21:00-08:00".</summary>
internal sealed class QuietHoursReader(JsonFaults faults)
{
    private readonly JsonValues _values = new(faults);

    public void Read(LocatedJson value, PackDraft draft)
    {
        foreach ((string name, LocatedJson member) in _values.Members(value, "an object with 'default' and 'regions'"))
        {
            if (name == "default")
            {
                draft.QuietHours = Spans(member);
            }
            else if (name == "regions")
            {
                ReadRegions(member, draft);
            }
            else
            {
                _values.Unknown(name, member, "default", "regions");
            }
        }

        if (draft.QuietHours is null && value.Kind == JsonValueKind.Object)
        {
            faults.Add(value, "lacks 'default', the quiet hours of regions that are not named");
        }
    }

    private void ReadRegions(LocatedJson value, PackDraft draft)
    {
        foreach ((string region, LocatedJson member) in _values.Members(value, "an object with a list of intervals for each region"))
        {
            if (JurisdictionPack.IsRegion(region))
            {
                draft.RegionQuietHours[region] = Spans(member);
            }
            else
            {
                faults.AddName(member, $"is named '{region}', but a region has 1 to 3 letters or digits, as in ISO 3166-2 after the hyphen");
            }
        }
    }

    private List<QuietPeriod> Spans(LocatedJson value)
    {
        List<QuietPeriod> spans = [];
        foreach (LocatedJson item in _values.Items(value, "a list of intervals such as [\"21:00-08:00\"]"))
        {
            if (_values.Interval(item) is { } interval)
            {
                spans.Add(new QuietPeriod(interval.From, interval.To));
            }
        }

        if (spans.Count > QuietUnion.MaxSpans)
        {
            faults.Add(value, string.Create(CultureInfo.InvariantCulture, $"has {spans.Count} intervals, but may have at most {QuietUnion.MaxSpans}"));
        }

        return spans;
    }
}
