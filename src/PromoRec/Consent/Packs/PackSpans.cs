using System.Globalization;

namespace PromoRec.Consent.Packs;

/// <summary>Reads quiet hours from a pack's file: a list of intervals such as "21:00-08:00".</summary>
internal static class PackSpans
{
    private const int Most = 8;

    public static List<QuietSpan> Read(LocatedJson value, JsonValues values, JsonFaults faults)
    {
        List<QuietSpan> spans = [];
        foreach (LocatedJson item in values.Items(value, "a list of intervals such as [\"21:00-08:00\"]"))
        {
            if (values.Interval(item) is { } interval)
            {
                spans.Add(new QuietSpan(interval.From, interval.To));
            }
        }

        if (spans.Count > Most)
        {
            faults.Add(value, string.Create(CultureInfo.InvariantCulture, $"has {spans.Count} intervals, but may have at most {Most}"));
        }

        return spans;
    }
}
