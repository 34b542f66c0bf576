using PromoRec.Consent.Packs;
using PromoRec.Push.FrequencyCap;
using PromoRec.Push.QuietHours;

namespace PromoRec.Push.PolicyFile;

/// <summary>Finds rules that are right one by one and wrong together: faults where nothing could ever be sent, doubts where a rule does nothing.</summary>
internal static class PolicyFileContradictions
{
    public static void Find(PolicyDraft draft, FileContext file)
    {
        if (draft.QuietHours is { } quiet)
        {
            FindQuietForEver(quiet, file);
            if ((draft.Engine?.Options ?? new PushOptions()).LegalQuietHours)
            {
                FindQuietByLaw(quiet, file);
            }
        }

        FindUselessCaps(draft, file);
        foreach (RuleDraft<FrequencyCapOptions> cap in draft.Caps)
        {
            FindDoubts(cap, draft, file);
        }

        FindEqualNames(draft, file);
    }

    private static void FindQuietForEver(RuleDraft<QuietHoursOptions> quiet, FileContext file)
    {
        QuietHoursOptions options = quiet.Options;
        if (QuietMinutes.IsAlwaysQuiet(options.AllChannels))
        {
            file.Faults.Add(quiet.Node, "leaves no minute of the week in which anything may be sent; shorten the intervals");
        }

        foreach ((ChannelId channel, QuietWeek week) in options.Channels)
        {
            if (QuietMinutes.IsAlwaysQuiet(week))
            {
                file.Faults.Add(
                    quiet.PlaceOf($"{nameof(QuietHoursOptions.Channels)}[{channel}]"), $"leaves no minute of the week in which anything may be sent over {channel}; shorten the intervals");
            }
        }
    }

    /// <summary>Own and legal quiet hours hold side by side. The host may replace packs, so that this is no more than a doubt.</summary>
    private static void FindQuietByLaw(RuleDraft<QuietHoursOptions> quiet, FileContext file)
    {
        if (QuietByLaw(quiet.Options.AllChannels) is { } packs)
        {
            file.Doubts.Add(quiet.Node, $"leaves no minute of the week besides the legal quiet hours of {packs}, so that no promotion is ever sent there; shorten the intervals");
        }

        foreach ((ChannelId channel, QuietWeek week) in quiet.Options.Channels)
        {
            if (channel != ChannelId.InApp && QuietByLaw(week) is { } others)
            {
                file.Doubts.Add(
                    quiet.PlaceOf($"{nameof(QuietHoursOptions.Channels)}[{channel}]"),
                    $"leaves no minute of the week besides the legal quiet hours of {others}, so that no promotion is ever sent there over {channel}; shorten the intervals");
            }
        }
    }

    /// <returns>The packs of which the quiet hours, at least those of one region, fill all that a week leaves; null for none, or for a week that leaves nothing by itself.</returns>
    private static string? QuietByLaw(QuietWeek week)
    {
        string[] packs = QuietMinutes.IsAlwaysQuiet(week) ? [] :
        [
            .. JurisdictionPacks.Shipped.All
                .Where(pack => pack.QuietTables.Any(table => QuietMinutes.IsAlwaysQuiet(week, table)))
                .Select(pack => pack.Id),
        ];
        return packs.Length == 0 ? null : string.Join(", ", packs);
    }

    private static void FindUselessCaps(PolicyDraft draft, FileContext file)
    {
        // A cap that overrides others changes what they are about.
        if (draft.Caps.Any(cap => cap.Options.OverrideParent))
        {
            return;
        }

        CapModel[] caps = [.. draft.Caps.Select(CapModel.Of), .. draft.Gaps.Select(CapModel.Of)];
        for (int i = 0; i < caps.Length; i++)
        {
            // Of two that make each other useless, the first stays.
            int other = Array.FindIndex(caps, cap => cap != caps[i] && caps[i].IsUselessBeside(cap) && (Array.IndexOf(caps, cap) < i || !cap.IsUselessBeside(caps[i])));
            if (other >= 0)
            {
                string path = caps[other].Node.Path[2..];
                file.Doubts.Add(caps[i].Node, $"never holds anything back, because {path} is at least as strict wherever it applies; leave it out, or make it stricter");
            }
        }
    }

    private static void FindDoubts(RuleDraft<FrequencyCapOptions> cap, PolicyDraft draft, FileContext file)
    {
        FrequencyCapOptions options = cap.Options;
        if (options.AppliesTo.Channels.SetEquals([ChannelId.InApp]))
        {
            file.Doubts.Add(cap.PlaceOf(nameof(options.AppliesTo)), "is about in-app messages only, which caps neither hold back nor count unless a push asks for it");
        }

        if (options is { Action: CapAction.Defer, Window: CapWindowKind.Lifetime })
        {
            file.Doubts.Add(cap.PlaceOf(nameof(options.Action)), "is 'defer', but a cap for a lifetime never has room again, so it drops; write 'drop'");
        }

        if (options.OverrideParent && !draft.Caps.Any(other => Narrowness(other.Options) < Narrowness(options)))
        {
            file.Doubts.Add(cap.PlaceOf(nameof(options.OverrideParent)), "is true, but there is no cap about anything wider; leave it out");
        }
    }

    private static int Narrowness(FrequencyCapOptions options)
    {
        PushScope all = options.Scope | new PushMatcher(options.AppliesTo).Scope;
        return all == PushScope.Global ? -1 : int.Log2((int)all);
    }

    /// <summary>Traces tell rules apart by their names.</summary>
    private static void FindEqualNames(PolicyDraft draft, FileContext file)
    {
        Dictionary<string, string> places = new(StringComparer.Ordinal);
        foreach ((LocatedJson node, string name) in draft.Names())
        {
            if (!places.TryAdd(name, node.Path[2..]))
            {
                file.Faults.Add(node, $"has the name '{name}' in traces, as {places[name]} has; give one of them another with 'name', or leave one out");
            }
        }
    }
}
