namespace PromoRec.Consent.Packs;

/// <summary>A pack while it is read; what is null has not been given.</summary>
internal sealed class PackDraft
{
    public string? Id { get; set; }

    public int? Version { get; set; }

    public List<string> Countries { get; set; } = [];

    public UnknownZoneRule? UnknownZone { get; set; }

    public RuleDraft? DefaultRule { get; set; }

    public Dictionary<ChannelId, RuleDraft> Channels { get; set; } = [];

    public List<QuietPeriod>? QuietHours { get; set; }

    public Dictionary<string, List<QuietPeriod>> RegionQuietHours { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    public List<string>? StopWords { get; set; }

    public ConsentNeed? Personalization { get; set; }

    public ObjectionEffects? ObjectionStops { get; set; }

    public int? OptOutWithinBusinessDays { get; set; }

    public int? StopConfirmationMinutes { get; set; }

    public int KeepProofMonths { get; set; }

    public ConsentDuties Duties { get; set; }

    /// <summary>What a pack that is based on this one starts from: everything but its name and its countries.</summary>
    public PackDraft ToBase() => new()
    {
        UnknownZone = UnknownZone,
        DefaultRule = DefaultRule?.Copy(),
        Channels = Channels.ToDictionary(pair => pair.Key, pair => pair.Value.Copy()),
        QuietHours = QuietHours is null ? null : [.. QuietHours],
        RegionQuietHours = new(RegionQuietHours, StringComparer.OrdinalIgnoreCase),
        StopWords = StopWords is null ? null : [.. StopWords],
        Personalization = Personalization,
        ObjectionStops = ObjectionStops,
        OptOutWithinBusinessDays = OptOutWithinBusinessDays,
        StopConfirmationMinutes = StopConfirmationMinutes,
        KeepProofMonths = KeepProofMonths,
        Duties = Duties,
    };
}
