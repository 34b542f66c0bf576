using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace PromoRec.Consent.Packs;

/// <summary>The rules of one jurisdiction, read from a data file. Immutable. Not legal advice: have the values checked, and replace a pack where yours differ.</summary>
public sealed class JurisdictionPack
{
    private const int MaxRegionLength = 3;
    private const int OtherRegions = 0;
    private const int AllRegions = 1;
    private const int FirstRegion = 2;

    private readonly ImmutableArray<(ChannelId Channel, ChannelRule Rule)> _channels;
    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _regions;
    private readonly FrozenSet<string> _stopWords;

    internal JurisdictionPack(PackDraft draft)
    {
        Draft = draft;
        Id = draft.Id!;
        Version = draft.Version!.Value;
        Name = string.Create(CultureInfo.InvariantCulture, $"{Id}/{Version}");
        Countries = [.. draft.Countries];
        UnknownZone = draft.UnknownZone!.Value;
        DefaultRule = draft.DefaultRule!.ToRule();
        _channels = [.. draft.Channels.Select(pair => (pair.Key, pair.Value.ToRule()))];
        QuietHours = [.. draft.QuietHours!];
        string[] regions = [.. draft.RegionQuietHours.Keys];
        _regions = regions.Index().ToFrozenDictionary(pair => pair.Item, pair => FirstRegion + pair.Index, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
        IEnumerable<QuietPeriod> all = QuietHours.Concat(draft.RegionQuietHours.Values.SelectMany(spans => spans));
        QuietTables = [QuietHours, [.. QuietUnion.Of(all)], .. regions.Select(region => draft.RegionQuietHours[region].ToImmutableArray())];
        StopWords = [.. draft.StopWords!];
        _stopWords = StopWords.Select(StopWord.Key).ToFrozenSet(StringComparer.Ordinal);
        Personalization = draft.Personalization!.Value;
        ObjectionStops = draft.ObjectionStops!.Value;
        OptOutWithinBusinessDays = draft.OptOutWithinBusinessDays!.Value;
        StopConfirmation = TimeSpan.FromMinutes(draft.StopConfirmationMinutes!.Value);
        KeepProofMonths = draft.KeepProofMonths;
        Duties = draft.Duties;
    }

    /// <summary>Its id, such as "EU".</summary>
    public string Id { get; }

    /// <summary>Its version: a later one has other values.</summary>
    public int Version { get; }

    /// <summary>Id and version as they stand in traces, such as "EU/1".</summary>
    public string Name { get; }

    /// <summary>The countries it is for, two letters of ISO 3166-1 each.</summary>
    public IReadOnlyList<string> Countries { get; }

    /// <summary>The channels it has a rule of its own for.</summary>
    public IReadOnlyList<ChannelId> Channels => [.. _channels.Select(pair => pair.Channel)];

    /// <summary>What holds for channels without a rule of their own: those inside the app, and those of the host.</summary>
    public ChannelRule DefaultRule { get; }

    /// <summary>Its quiet hours where no region has others.</summary>
    public ImmutableArray<QuietPeriod> QuietHours { get; }

    /// <summary>What takes the place of a time zone that is not known.</summary>
    public UnknownZoneRule UnknownZone { get; }

    /// <summary>What a customer writes to be left alone.</summary>
    public IReadOnlyList<string> StopWords { get; }

    /// <summary>How long after a stop word one confirmation without advertising may be sent; zero when none may be.</summary>
    public TimeSpan StopConfirmation { get; }

    /// <summary>What is needed before a customer is profiled.</summary>
    public ConsentNeed Personalization { get; }

    /// <summary>What an objection to profiling stops.</summary>
    public ObjectionEffects ObjectionStops { get; }

    /// <summary>How long the law lets upstream systems of the host lag behind a withdrawal, in business days; PromoRec itself does not lag.</summary>
    public int OptOutWithinBusinessDays { get; }

    /// <summary>For how many months proof of consent is kept at least; 0 where no number is given.</summary>
    public int KeepProofMonths { get; }

    /// <summary>What else the host must do on every channel.</summary>
    public ConsentDuties Duties { get; }

    /// <summary>What was read, for packs that are based on this one.</summary>
    internal PackDraft Draft { get; }

    /// <summary>All the quiet hours there are: those of regions that are not named, those of all regions together, and those of each region that is named.</summary>
    internal ImmutableArray<ImmutableArray<QuietPeriod>> QuietTables { get; }

    /// <summary>What holds for a channel. Allocates nothing.</summary>
    public ChannelRule RuleFor(ChannelId channel)
    {
        foreach ((ChannelId named, ChannelRule rule) in _channels)
        {
            if (named == channel)
            {
                return rule;
            }
        }

        return DefaultRule;
    }

    /// <summary>The quiet hours of a region. Allocates nothing.</summary>
    /// <param name="region">The state or province, as in ISO 3166-2 after the hyphen; where it is not known, what is quiet in any region is quiet.</param>
    public ImmutableArray<QuietPeriod> QuietHoursFor(string? region) => QuietTables[QuietIndexOf(region)];

    /// <summary>Whether a text, apart from case, blanks and punctuation, is one of the stop words.</summary>
    public bool IsStopWord(string? text) => text is not null && _stopWords.Contains(StopWord.Key(text));

    /// <summary>Whether a customer may be profiled so that promotions fit. If not, the customer gets what everybody gets.</summary>
    public bool AllowsPersonalization(ConsentView consent)
    {
        ArgumentNullException.ThrowIfNull(consent);
        return consent.Resolve(ConsentPurpose.Personalization, default, string.Empty, new ConsentQuestion(Personalization)).IsSufficient;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Which of <see cref="QuietTables"/> is a region's.</summary>
    internal int QuietIndexOf(string? region)
    {
        ReadOnlySpan<char> code = region.AsSpan().Trim();
        if (!IsRegion(code))
        {
            return AllRegions;
        }

        return _regions.TryGetValue(code, out int index) ? index : OtherRegions;
    }

    internal static bool IsRegion(ReadOnlySpan<char> code)
    {
        foreach (char character in code)
        {
            if (!char.IsAsciiLetterOrDigit(character))
            {
                return false;
            }
        }

        return code.Length is > 0 and <= MaxRegionLength;
    }
}
