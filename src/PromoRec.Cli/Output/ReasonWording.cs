namespace PromoRec.Cli.Output;

/// <summary>Turns reasons into entries of reports, with their texts in the language that was asked for.</summary>
internal sealed class ReasonWording
{
    private const int LongestName = 48;

    private readonly Dictionary<ItemId, string> _itemNames;
    private readonly ReasonText _text;
    private readonly string _language;

    /// <param name="snapshot">What the shop calls its items; null where nothing is known of them.</param>
    /// <param name="language">The tag of the language.</param>
    public ReasonWording(CatalogSnapshot? snapshot, string language)
    {
        _itemNames = (snapshot?.Items ?? []).Where(item => !string.IsNullOrWhiteSpace(item.Text)).ToDictionary(item => item.Id, item => Short(item.Text!));
        _text = new ReasonText(reason => reason.Item.IsEmpty ? null : _itemNames.GetValueOrDefault(reason.Item));
        _language = language;
    }

    /// <summary>What an item is called, or its id.</summary>
    public string NameOf(ItemId item) => _itemNames.GetValueOrDefault(item) ?? item.ToString();

    public ReasonEntry EntryOf(RankReason reason) => new(NameOf(reason.Kind), reason.Item.IsEmpty ? null : reason.Item.ToString(), reason.Weight)
    {
        Name = reason.Name,
        Text = _text.Of(reason, _language),
    };

    public ReasonEntry[] EntriesOf(RankReasons reasons)
    {
        var entries = new ReasonEntry[reasons.Count];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = EntryOf(reasons[i]);
        }

        return entries;
    }

    /// <summary>Reasons for people; what reads the same is said once.</summary>
    /// <param name="reasons">The reasons.</param>
    /// <param name="language">The tag of their language.</param>
    public static string Joined(IEnumerable<ReasonEntry> reasons, string language) =>
        string.Join(IsChinese(language) ? "；" : "; ", reasons.Select(reason => reason.Text).Distinct(StringComparer.Ordinal));

    /// <summary>What ends a sentence in a language.</summary>
    public static string Stop(string language) => IsChinese(language) ? "。" : ".";

    private static bool IsChinese(string language) => language.StartsWith("zh", StringComparison.Ordinal);

    public static string Short(string text) => text.Length <= LongestName ? text : $"{text[..(LongestName - 1)].TrimEnd()}…";

    private static string NameOf(RankReasonKind kind) => kind switch
    {
        RankReasonKind.BecauseYouLiked => "because-you-liked",
        RankReasonKind.Popular => "popular",
        RankReasonKind.EndingSoon => "ending-soon",
        RankReasonKind.BecauseYouBought => "because-you-bought",
        RankReasonKind.PeopleLikeYou => "people-like-you",
        RankReasonKind.MatchesYourInterest => "matches-your-interest",
        RankReasonKind.PopularInYourArea => "popular-in-your-area",
        RankReasonKind.New => "new",
        RankReasonKind.Signal => "signal",
        _ => "none",
    };
}
