namespace PromoRec.Consent.Packs;

/// <summary>The words of a pack's file and what they stand for.</summary>
internal static class PackWords
{
    public static readonly (string Word, ConsentNeed Value)[] Needs =
    [
        ("never", ConsentNeed.Never),
        ("optOut", ConsentNeed.OptOut),
        ("softOptIn", ConsentNeed.SoftOptIn),
        ("grant", ConsentNeed.Grant),
        ("writtenGrant", ConsentNeed.WrittenGrant),
        ("doubleOptIn", ConsentNeed.DoubleOptIn),
    ];

    public static readonly (string Word, ConsentNeed Value)[] PersonalizationNeeds =
    [
        ("never", ConsentNeed.Never),
        ("optOut", ConsentNeed.OptOut),
        ("grant", ConsentNeed.Grant),
    ];

    public static readonly (string Word, TransactionalRule Value)[] TransactionalRules =
    [
        ("allowed", TransactionalRule.Allowed),
        ("unlessRefused", TransactionalRule.UnlessRefused),
    ];

    public static readonly (string Word, RevokeScope Value)[] RevokeScopes =
    [
        ("all", RevokeScope.All),
        ("channel", RevokeScope.Channel),
        ("topic", RevokeScope.Topic),
    ];

    public static readonly (string Word, UnknownZoneRule Value)[] UnknownZoneRules =
    [
        ("block", UnknownZoneRule.Block),
        ("countryZones", UnknownZoneRule.CountryZones),
        ("fallbackZone", UnknownZoneRule.FallbackZone),
    ];

    public static readonly (string Word, ObjectionEffects Value)[] Effects =
    [
        ("marketing", ObjectionEffects.Marketing),
        ("personalization", ObjectionEffects.Personalization),
    ];

    public static readonly (string Word, ConsentDuties Value)[] Duties =
    [
        ("adMark", ConsentDuties.AdMark),
        ("postalAddress", ConsentDuties.PostalAddress),
        ("oneClickUnsubscribe", ConsentDuties.OneClickUnsubscribe),
        ("easyClose", ConsentDuties.EasyClose),
        ("keepProof", ConsentDuties.KeepProof),
        ("nonPersonalizedOption", ConsentDuties.NonPersonalizedOption),
        ("noUnreasonablePriceDifference", ConsentDuties.NoUnreasonablePriceDifference),
    ];
}
