using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using PromoRec.Push.Calendar;
using PromoRec.Push.Consent;
using PromoRec.Push.Cooldown;
using PromoRec.Push.Duplicate;
using PromoRec.Push.FrequencyCap;
using PromoRec.Push.Ledger;
using PromoRec.Push.MinimumGap;
using PromoRec.Push.MinimumScore;
using PromoRec.Push.Offers;
using PromoRec.Push.QuietHours;
using PromoRec.Push.Snooze;

namespace PromoRec.Push.PolicyFile;

/// <summary>Reads a policy file section by section, and finds every fault in it.</summary>
internal sealed class PolicyFileReader
{
    private static readonly string[] Names =
    [
        "format", "about", "channels", "zone", "consent", "optOut", "snooze", "offers", "minimumScores", "cooldowns", "duplicates", "quietHours", "caps", "gaps", "ledger",
        "engine",
    ];

    private readonly FileContext _file;
    private readonly PolicyDraft _draft = new();

    private PolicyFileReader(FileContext file) => _file = file;

    /// <exception cref="PolicyFileException">The file has faults.</exception>
    public static PushPolicyFile Read(ReadOnlySpan<byte> utf8, string fileName)
    {
        FileContext file = new(new JsonFaults(fileName));
        PolicyFileReader reader = new(file);
        if (utf8.Length > PushPolicyFile.MaxLength)
        {
            file.Faults.Add(1, 1, "$", string.Create(CultureInfo.InvariantCulture, $"has more than {PushPolicyFile.MaxLength:N0} bytes, which no policy needs; name another file"));
        }
        else if (LocatedJson.Read(utf8, file.Faults) is { } root)
        {
            reader.ReadRoot(root);
            reader.Validate();
        }

        ThrowIfAny(fileName, file.Faults);
        PolicyFileContradictions.Find(reader._draft, file);
        ThrowIfAny(fileName, file.Faults);
        return new PushPolicyFile(fileName, reader._draft, [.. PolicyFileWords.Of(reader._draft)], ToFaults(file.Doubts));
    }

    private static void ThrowIfAny(string fileName, JsonFaults faults)
    {
        if (faults.Count == 0)
        {
            return;
        }

        ImmutableArray<PolicyFileFault> found = ToFaults(faults);
        StringBuilder message = new();
        message.Append(CultureInfo.InvariantCulture, $"The policy file has {(found.Length == 1 ? "a fault" : $"{found.Length} faults")}:");
        foreach (PolicyFileFault fault in found)
        {
            message.Append(CultureInfo.InvariantCulture, $"\n- {fileName}:{fault.Line}:{fault.Column}: {fault.Message}");
        }

        throw new PolicyFileException(fileName, found, message.ToString());
    }

    private static ImmutableArray<PolicyFileFault> ToFaults(JsonFaults faults) =>
        [.. faults.Sorted.Select(fault => new PolicyFileFault(fault.Line, fault.Column, PathOf(fault.Path), $"{Subject(fault.Path)} {fault.Sentence}"))];

    private static string Subject(string path) => path == "$" ? "The file" : PathOf(path);

    private static string PathOf(string path) => path.Length > 2 ? path[2..] : string.Empty;

    private void ReadRoot(LocatedJson root)
    {
        List<KeyValuePair<string, LocatedJson>> members = _file.Values.Members(root, "an object with push policies");
        _file.Need(root, "format", "the number of its format; write \"format\": 1");

        // Other sections name them.
        foreach ((string _, LocatedJson member) in members.Where(member => member.Key == "channels"))
        {
            ReadChannels(member);
        }

        foreach ((string name, LocatedJson member) in members)
        {
            ReadSection(name, member);
        }
    }

    private void ReadSection(string name, LocatedJson section)
    {
        switch (name)
        {
            case "format":
                CheckFormat(section);
                break;
            case "about":
                _file.Values.Text(section, "a text");
                break;
            case "channels":
                break;
            case "zone":
                _draft.Zone = new ZoneSection(_file).Read(section);
                break;
            case "quietHours":
                _draft.QuietHours = new QuietHoursSection(_file).Read(section);
                break;
            case "ledger":
                _draft.Ledger = new LedgerSection(_file).Read(section);
                break;
            case "engine":
                _draft.Engine = new EngineSection(_file).Read(section);
                break;
            default:
                ReadCustomerSection(name, section);
                break;
        }
    }

    private void ReadCustomerSection(string name, LocatedJson section)
    {
        switch (name)
        {
            case "consent":
                ConsentSection consent = new(_file);
                _draft.Consent = consent.Read(section);
                _draft.ChangePacks = consent.Change;
                break;
            case "optOut":
                _draft.OptOut = new ChoiceSections(_file).ReadOptOut(section);
                break;
            case "snooze":
                _draft.Snooze = new ChoiceSections(_file).ReadSnooze(section);
                break;
            case "offers":
                _draft.Offers = new OfferSection(_file).Read(section);
                break;
            default:
                ReadRules(name, section);
                break;
        }
    }

    private void ReadRules(string name, LocatedJson section)
    {
        switch (name)
        {
            case "minimumScores":
                _draft.MinimumScores = [.. new ScoreSection(_file).Read(section)];
                break;
            case "cooldowns":
                _draft.Cooldowns = [.. new CooldownSection(_file).Read(section)];
                break;
            case "duplicates":
                _draft.Duplicates = new DuplicateSection(_file).Read(section);
                break;
            case "caps":
                _draft.Caps = [.. new CapSection(_file).Read(section)];
                break;
            case "gaps":
                _draft.Gaps = [.. new GapSection(_file).Read(section)];
                break;
            default:
                _file.Values.Unknown(name, section, Names);
                break;
        }
    }

    private void CheckFormat(LocatedJson member)
    {
        if (member is not { Kind: System.Text.Json.JsonValueKind.Number, Text: "1" })
        {
            _file.Faults.Add(member, $"is {member.Description}, but this version of PromoRec reads format 1");
        }
    }

    private void ReadChannels(LocatedJson section)
    {
        foreach (LocatedJson item in _file.Values.Items(section, "a list of the shop's own channels, such as [\"kiosk\"]"))
        {
            if (_file.Values.Text(item, "the name of a channel") is not { } name)
            {
                continue;
            }

            if (ChannelId.TryParse(name, out ChannelId channel) && channel.ToString() == name)
            {
                _file.AddHostChannel(item, channel);
            }
            else
            {
                _file.Faults.Add(item, $"is {item.Description}, but a channel has 1 to 64 lower-case letters a to z, digits, '.', '_' or '-'");
            }
        }

        _draft.Channels = [.. _file.HostChannels];
    }

    /// <summary>Asks the validators that check the same options when code sets them.</summary>
    private void Validate()
    {
        Validate(_draft.Ledger, new LedgerOptionsValidator());
        TimeSpan retention = (_draft.Ledger?.Options ?? new LedgerOptions()).Retention;
        PushEnvironment environment = new(retention, _draft.Channels);
        Validate(_draft.Zone, new ZoneOptionsValidator());
        Validate(_draft.Consent, new PushConsentOptionsValidator());
        Validate(_draft.Snooze, new SnoozeOptionsValidator());
        Validate(_draft.Offers, new OfferLimitOptionsValidator());
        Validate(_draft.QuietHours, new QuietHoursOptionsValidator());
        Validate(_draft.MinimumScores, new MinimumScoreOptionsValidator(environment));
        Validate(_draft.Cooldowns, new CooldownOptionsValidator(environment));
        Validate(_draft.Duplicates, new DuplicateOptionsValidator(environment));
        Validate(_draft.Engine, new PushOptionsValidator());
        Validate(_draft.Gaps, new MinimumGapOptionsValidator(environment));
        Validate(_draft.Caps, new FrequencyCapOptionsValidator(environment));
    }

    private void Validate<TOptions>(ImmutableArray<RuleDraft<TOptions>> rules, IValidateOptions<TOptions> validator)
        where TOptions : class, new()
    {
        foreach (RuleDraft<TOptions> rule in rules)
        {
            Validate(rule, validator);
        }
    }

    private void Validate<TOptions>(RuleDraft<TOptions>? rule, IValidateOptions<TOptions> validator)
        where TOptions : class, new()
    {
        // What could not be read would only be reported once more, in other words.
        if (rule is not null && !_file.Faults.IsFaulty(rule.Node))
        {
            rule.Validate(validator, _file.Faults);
        }
    }
}
