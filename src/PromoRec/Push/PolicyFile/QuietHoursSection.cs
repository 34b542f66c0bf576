using PromoRec.Push.QuietHours;

namespace PromoRec.Push.PolicyFile;

/// <summary>Reads the section "quietHours": the weeks of all channels and of single ones, and what happens to a push that falls into them.</summary>
internal sealed class QuietHoursSection(FileContext file)
{
    private static readonly string[] Names = ["everyDay", "days", "channels", "action", "by", "plannedSends", "jitter", "includeTransactional"];
    private static readonly string[] WeekNames = ["everyDay", "days"];
    private readonly ScopeReader _scopes = new(file);

    public RuleDraft<QuietHoursOptions> Read(LocatedJson section)
    {
        RuleDraft<QuietHoursOptions> quiet = new(section);

        // A file says all there is: without a word about all channels, none is quiet but those that are named.
        quiet.Set(nameof(QuietHoursOptions.AllChannels), section, options => options.AllChannels = new QuietWeek());
        foreach ((string name, LocatedJson member) in file.Values.Members(section, "an object such as { \"everyDay\": [\"21:00-08:00\"] }"))
        {
            ReadMember(quiet, name, member);
        }

        return quiet;
    }

    private void ReadMember(RuleDraft<QuietHoursOptions> quiet, string name, LocatedJson member)
    {
        switch (name)
        {
            case "everyDay" or "days":
                ReadWeekMember(quiet, name, member, nameof(QuietHoursOptions.AllChannels), options => options.AllChannels);
                break;
            case "channels":
                ReadChannels(quiet, member);
                break;
            case "action" when ReadAction(member) is { } action:
                quiet.Set(nameof(QuietHoursOptions.Action), member, options => options.Action = action);
                break;
            case "by":
                _scopes.Read(member, (scope, key) =>
                {
                    quiet.Set(nameof(QuietHoursOptions.Scope), member, options => options.Scope = scope);
                    quiet.Set(nameof(QuietHoursOptions.KeyName), member, options => options.KeyName = key);
                });
                break;
            case "plannedSends" when ReadPlanned(member) is { } planned:
                quiet.Set(nameof(QuietHoursOptions.PlannedSends), member, options => options.PlannedSends = planned);
                break;
            case "jitter" when file.Values.Duration(member) is { } jitter:
                quiet.Set(nameof(QuietHoursOptions.Jitter), member, options => options.Jitter = jitter);
                break;
            case "includeTransactional":
                bool include = file.Values.Truth(member);
                quiet.Set(nameof(QuietHoursOptions.IncludeTransactional), member, options => options.IncludeTransactional = include);
                break;
            default:
                file.UnknownUnless(name, member, Names);
                break;
        }
    }

    private QuietHoursAction? ReadAction(LocatedJson member) => file.Values.Word<QuietHoursAction>(
        member,
        ("defer", QuietHoursAction.DeferToEnd),
        ("deferFirst", QuietHoursAction.DeferFirstOnly),
        ("deferLatest", QuietHoursAction.DeferLatestOnly),
        ("digest", QuietHoursAction.Digest),
        ("drop", QuietHoursAction.Drop));

    private PlannedSendAction? ReadPlanned(LocatedJson member) =>
        file.Values.Word<PlannedSendAction>(member, ("holdToEnd", PlannedSendAction.HoldToEnd), ("nearestEdge", PlannedSendAction.NearestEdge));

    private void ReadChannels(RuleDraft<QuietHoursOptions> quiet, LocatedJson section)
    {
        foreach ((string name, LocatedJson member) in file.Values.Members(section, "an object with a week for each channel, such as { \"sms\": { \"everyDay\": [\"20:00-09:00\"] } }"))
        {
            if (file.Channel(name) is not { } channel)
            {
                file.Faults.AddName(member, file.UnknownChannel(name));
                continue;
            }

            string property = $"{nameof(QuietHoursOptions.Channels)}[{channel}]";
            quiet.Set(property, member, options => options.Channels[channel] = new QuietWeek());
            foreach ((string weekName, LocatedJson weekMember) in file.Values.Members(member, "an object with 'everyDay' and 'days'; an empty one for no quiet hours"))
            {
                ReadWeekMember(quiet, weekName, weekMember, property, options => options.Channels[channel]);
            }
        }
    }

    private void ReadWeekMember(RuleDraft<QuietHoursOptions> quiet, string name, LocatedJson member, string property, Func<QuietHoursOptions, QuietWeek> week)
    {
        switch (name)
        {
            case "everyDay":
                List<QuietInterval> everyDay = ReadIntervals(member);
                quiet.Set($"{property}.{nameof(QuietWeek.EveryDay)}", member, options => week(options).EveryDay = everyDay);
                break;
            case "days":
                ReadDays(quiet, member, property, week);
                break;
            default:
                file.Values.Unknown(name, member, WeekNames);
                break;
        }
    }

    private void ReadDays(RuleDraft<QuietHoursOptions> quiet, LocatedJson section, string property, Func<QuietHoursOptions, QuietWeek> week)
    {
        string[] names = [.. Weekdays.Words.Select(pair => pair.Word)];
        foreach ((string name, LocatedJson member) in file.Values.Members(section, "an object with a list of intervals for some weekdays, such as { \"sunday\": [\"21:00-10:00\"] }"))
        {
            int index = Array.IndexOf(names, name);
            if (index < 0)
            {
                file.Values.Unknown(name, member, names);
                continue;
            }

            DayOfWeek day = Weekdays.Words[index].Value;
            List<QuietInterval> intervals = ReadIntervals(member);
            quiet.Set($"{property}.{nameof(QuietWeek.Days)}[{day}]", member, options => week(options).Days[day] = intervals);
        }
    }

    private List<QuietInterval> ReadIntervals(LocatedJson value)
    {
        List<QuietInterval> intervals = [];
        foreach (LocatedJson item in file.Values.Items(value, "a list of intervals such as [\"21:00-08:00\"]; an empty one for none"))
        {
            if (file.Values.Interval(item) is { } interval)
            {
                intervals.Add(new QuietInterval(interval.From, interval.To));
            }
        }

        return intervals;
    }
}
