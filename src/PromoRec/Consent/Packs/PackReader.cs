using System.Text.Json;

namespace PromoRec.Consent.Packs;

/// <summary>Reads a pack's file and finds every fault in it.</summary>
internal sealed class PackReader
{
    /// <summary>What a pack's file may hold.</summary>
    public static readonly string[] MemberNames =
    [
        "format", "id", "version", "basedOn", "about", "countries", "unknownZone", "quietHours", "channels", "personalization", "objectionStops", "stopWords",
        "stopConfirmationMinutes", "optOutWithinBusinessDays", "keepProofMonths", "duties",
    ];

    private const int Format = 1;

    private readonly JsonFaults _faults;
    private readonly JsonValues _values;
    private PackDraft _draft = new();

    private PackReader(JsonFaults faults)
    {
        _faults = faults;
        _values = new JsonValues(faults);
    }

    /// <param name="utf8">The file.</param>
    /// <param name="fileName">Its name, for messages.</param>
    /// <param name="bases">The packs it may be based on.</param>
    /// <exception cref="PromoRecException">The file has faults; the message names all of them.</exception>
    public static JurisdictionPack Read(ReadOnlySpan<byte> utf8, string fileName, Func<string, JurisdictionPack?> bases)
    {
        JsonFaults faults = new(fileName);
        JurisdictionPack? pack = LocatedJson.Read(utf8, faults) is { } root ? Read(root, faults, bases) : null;
        faults.ThrowIfAny("jurisdiction pack");
        return pack!;
    }

    /// <param name="root">What a file says about a pack.</param>
    /// <param name="faults">Takes what is wrong with it.</param>
    /// <param name="bases">The packs it may be based on.</param>
    /// <returns>The pack; null where something is wrong with it.</returns>
    public static JurisdictionPack? Read(LocatedJson root, JsonFaults faults, Func<string, JurisdictionPack?> bases)
    {
        int before = faults.Count;
        PackReader reader = new(faults);
        reader.ReadPack(root, bases);
        return faults.Count == before ? new JurisdictionPack(reader._draft) : null;
    }

    private void ReadPack(LocatedJson root, Func<string, JurisdictionPack?> bases)
    {
        List<KeyValuePair<string, LocatedJson>> members = _values.Members(root, "an object with a jurisdiction pack");
        if (root.Kind != JsonValueKind.Object)
        {
            return;
        }

        int before = _faults.Count;
        foreach ((_, LocatedJson member) in members.Where(member => member.Key == "basedOn"))
        {
            StartFrom(member, bases);
        }

        // What a base that is not there would have given is not missing as well.
        bool baseIsKnown = _faults.Count == before;
        foreach ((string name, LocatedJson member) in members)
        {
            ReadMember(name, member);
        }

        foreach (string missing in Missing().Where(name => !root.Members.Exists(member => member.Key == name) && (baseIsKnown || IsOwn(name))))
        {
            _faults.Add(root, $"lacks '{missing}'");
        }
    }

    private void StartFrom(LocatedJson member, Func<string, JurisdictionPack?> bases)
    {
        if (_values.Text(member, "the id of another pack") is not { } id)
        {
            return;
        }

        if (bases(id) is { } pack)
        {
            _draft = pack.Draft.ToBase();
        }
        else
        {
            _faults.Add(member, $"is '{id}', but there is no such pack; add that one first");
        }
    }

    private void ReadMember(string name, LocatedJson member)
    {
        switch (name)
        {
            case "format":
                CheckFormat(member);
                break;
            case "id":
                _draft.Id = ReadId(member);
                break;
            case "version":
                _draft.Version = _values.Whole(member, 1, 1_000_000);
                break;
            case "countries":
                ReadCountries(member);
                break;
            case "channels":
                ReadChannels(member);
                break;
            case "quietHours":
                new QuietHoursReader(_faults).Read(member, _draft);
                break;
            case "stopWords":
                ReadStopWords(member);
                break;
            case "basedOn":
                break;
            case "about":
                _values.Text(member, "a text");
                break;
            default:
                ReadPlain(name, member);
                break;
        }
    }

    private void ReadPlain(string name, LocatedJson member)
    {
        switch (name)
        {
            case "unknownZone":
                _draft.UnknownZone = _values.Word(member, PackWords.UnknownZoneRules);
                break;
            case "personalization":
                _draft.Personalization = _values.Word(member, PackWords.PersonalizationNeeds);
                break;
            case "objectionStops":
                _draft.ObjectionStops = _values.Words(member, PackWords.Effects).Aggregate(ObjectionEffects.None, (all, effect) => all | effect);
                break;
            case "optOutWithinBusinessDays":
                _draft.OptOutWithinBusinessDays = _values.Whole(member, 0, 365);
                break;
            case "stopConfirmationMinutes":
                _draft.StopConfirmationMinutes = _values.Whole(member, 0, 1440);
                break;
            case "keepProofMonths":
                _draft.KeepProofMonths = _values.Whole(member, 0, 1200) ?? 0;
                break;
            case "duties":
                _draft.Duties = _values.Words(member, PackWords.Duties).Aggregate(ConsentDuties.None, (all, duty) => all | duty);
                break;
            default:
                _values.Unknown(name, member, MemberNames);
                break;
        }
    }

    private void CheckFormat(LocatedJson member)
    {
        if (member.Kind != JsonValueKind.Number || member.Text != "1")
        {
            _faults.Add(member, $"is {member.Description}, but this version of PromoRec reads format {Format}");
        }
    }

    private string? ReadId(LocatedJson member)
    {
        const int MaxLength = 32;
        if (_values.Text(member, "a name") is not { } id)
        {
            return null;
        }

        if (id.Length > MaxLength || !id.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'))
        {
            _faults.Add(member, $"is '{id}', but must be 1 to {MaxLength} letters a to z, digits, '-' or '_'");
        }

        return id;
    }

    private void ReadCountries(LocatedJson member)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (LocatedJson item in _values.Items(member, "a list of countries such as [\"DE\", \"FR\"]"))
        {
            if (item.Kind != JsonValueKind.String || item.Text.Length != 2 || !item.Text.All(char.IsAsciiLetterUpper))
            {
                _faults.Add(item, $"is {item.Description}, but must be a country as two capital letters of ISO 3166-1");
            }
            else if (!seen.Add(item.Text))
            {
                _faults.Add(item, $"names '{item.Text}' twice; leave one of them out");
            }
            else
            {
                _draft.Countries.Add(item.Text);
            }
        }
    }

    private void ReadChannels(LocatedJson member)
    {
        RuleReader rules = new(_faults);
        foreach ((string name, LocatedJson value) in _values.Members(member, "an object with a rule for each channel"))
        {
            if (name == "default")
            {
                rules.Read(value, _draft.DefaultRule ??= new RuleDraft());
            }
            else if (!ChannelId.TryParse(name, out ChannelId channel) || channel.ToString() != name)
            {
                _faults.AddName(value, $"is named '{name}', but a channel has 1 to 64 lower-case letters, digits, '.', '_' or '-'");
            }
            else
            {
                if (!_draft.Channels.TryGetValue(channel, out RuleDraft? rule))
                {
                    _draft.Channels.Add(channel, rule = new RuleDraft());
                }

                rules.Read(value, rule);
            }
        }

        if (_draft.DefaultRule is null && member.Kind == JsonValueKind.Object)
        {
            _faults.Add(member, "lacks 'default', the rule for channels that are not named");
        }
    }

    private void ReadStopWords(LocatedJson member)
    {
        _draft.StopWords = [];
        foreach (LocatedJson item in _values.Items(member, "a list of words"))
        {
            if (item.Kind != JsonValueKind.String || StopWord.Key(item.Text).Length == 0)
            {
                _faults.Add(item, $"is {item.Description}, but must be a word of at most 64 characters with a letter or digit");
            }
            else
            {
                _draft.StopWords.Add(item.Text);
            }
        }

        if (member is { Kind: JsonValueKind.Array, Items.Count: 0 })
        {
            _faults.Add(member, "is empty; a customer must be able to say no, so name at least one word");
        }
    }

    private static bool IsOwn(string name) => name is "format" or "id" or "version" or "countries";

    /// <summary>What neither the file nor the pack it is based on has given; 'format', 'id', 'version' and 'countries' must stand in the file itself.</summary>
    private IEnumerable<string> Missing()
    {
        (string Name, bool IsMissing)[] needed =
        [
            ("format", true),
            ("id", true),
            ("version", true),
            ("countries", true),
            ("unknownZone", _draft.UnknownZone is null),
            ("quietHours", _draft.QuietHours is null),
            ("channels", _draft.DefaultRule is null),
            ("personalization", _draft.Personalization is null),
            ("objectionStops", _draft.ObjectionStops is null),
            ("stopWords", _draft.StopWords is null),
            ("stopConfirmationMinutes", _draft.StopConfirmationMinutes is null),
            ("optOutWithinBusinessDays", _draft.OptOutWithinBusinessDays is null),
        ];
        return needed.Where(each => each.IsMissing).Select(each => each.Name);
    }
}
