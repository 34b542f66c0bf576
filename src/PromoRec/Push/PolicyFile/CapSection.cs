using System.Text.Json;
using PromoRec.Push.FrequencyCap;

namespace PromoRec.Push.PolicyFile;

/// <summary>Reads the section "caps": a list of frequency caps.</summary>
internal sealed class CapSection(FileContext file)
{
    private static readonly string[] Names = ["name", "by", "limit", "window", "weekStart", "onFull", "appliesTo", "countOnly", "overrideParent"];

    private readonly FilterSection _filters = new(file);
    private readonly ScopeReader _scopes = new(file);

    public List<RuleDraft<FrequencyCapOptions>> Read(LocatedJson section)
    {
        List<LocatedJson> items = file.Values.Items(section, "a list of caps such as [{ \"limit\": 3, \"window\": \"7d\" }]");
        return [.. items.Select(ReadCap)];
    }

    private RuleDraft<FrequencyCapOptions> ReadCap(LocatedJson node)
    {
        RuleDraft<FrequencyCapOptions> cap = new(node);
        foreach ((string name, LocatedJson member) in file.Values.Members(node, "an object such as { \"limit\": 3, \"window\": \"7d\" }"))
        {
            ReadMember(cap, name, member);
        }

        file.Need(node, "limit", "the most pushes in a window");
        file.Need(node, "window", "such as \"7d\", \"day\" or \"lifetime\"");
        return cap;
    }

    private void ReadMember(RuleDraft<FrequencyCapOptions> cap, string name, LocatedJson member)
    {
        switch (name)
        {
            case "name" when file.Values.Text(member, "a name") is { } text:
                cap.Set(nameof(FrequencyCapOptions.Name), member, options => options.Name = text);
                break;
            case "by":
                _scopes.Read(member, (scope, key) =>
                {
                    cap.Set(nameof(FrequencyCapOptions.Scope), member, options => options.Scope = scope);
                    cap.Set(nameof(FrequencyCapOptions.KeyName), member, options => options.KeyName = key);
                });
                break;
            case "limit" when file.Values.Whole(member, int.MinValue, int.MaxValue) is { } limit:
                cap.Set(nameof(FrequencyCapOptions.Limit), member, options => options.Limit = limit);
                break;
            case "window":
                ReadWindow(cap, member);
                break;
            case "weekStart" when file.Values.Word(member, Weekdays.Words) is { } day:
                cap.Set(nameof(FrequencyCapOptions.WeekStart), member, options => options.WeekStart = day);
                break;
            case "onFull" when file.Values.Word<CapAction>(member, ("drop", CapAction.Drop), ("defer", CapAction.Defer)) is { } action:
                cap.Set(nameof(FrequencyCapOptions.Action), member, options => options.Action = action);
                break;
            case "appliesTo":
                Action<PushFilter> applies = _filters.Read(member);
                cap.Set(nameof(FrequencyCapOptions.AppliesTo), member, options => applies(options.AppliesTo));
                break;
            case "countOnly":
                Action<PushFilter> counts = _filters.Read(member);
                cap.Set(nameof(FrequencyCapOptions.CountOnly), member, options => counts(options.CountOnly));
                break;
            case "overrideParent":
                bool overrides = file.Values.Truth(member);
                cap.Set(nameof(FrequencyCapOptions.OverrideParent), member, options => options.OverrideParent = overrides);
                break;
            default:
                file.UnknownUnless(name, member, Names);
                break;
        }
    }

    private void ReadWindow(RuleDraft<FrequencyCapOptions> cap, LocatedJson member)
    {
        if (member.Kind == JsonValueKind.String && WindowText.TryParse(member.Text, out CapWindowKind kind, out TimeSpan length))
        {
            cap.Set(nameof(FrequencyCapOptions.Window), member, options => options.Window = kind);
            if (kind == CapWindowKind.Rolling)
            {
                cap.Set(nameof(FrequencyCapOptions.Length), member, options => options.Length = length);
            }
        }
        else
        {
            file.Faults.Add(member, $"is {member.Description}, but must be {WindowText.Expected}{(member.Kind == JsonValueKind.String ? WindowText.Hint(member.Text) : string.Empty)}");
        }
    }
}
