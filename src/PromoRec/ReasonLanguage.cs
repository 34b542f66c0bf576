using System.Collections.Frozen;

namespace PromoRec;

/// <summary>What reasons are called in one language. Immutable. English and Simplified Chinese are here; a host adds others by giving a phrase for every kind.</summary>
public sealed class ReasonLanguage
{
    /// <summary>What stands in a phrase where the item, category or brand goes.</summary>
    public const string NamePlace = "{name}";

    private readonly FrozenDictionary<RankReasonKind, string> _phrases;

    /// <param name="tag">The language's tag after BCP 47, such as "de" or "zh-Hant".</param>
    /// <param name="phrases">
    /// For every <see cref="RankReasonKind"/> what is said to the customer. Those of <see cref="RankReasonKind.BecauseYouLiked"/>, <see cref="RankReasonKind.BecauseYouBought"/>
    /// and <see cref="RankReasonKind.MatchesYourInterest"/> hold <see cref="NamePlace"/>; the others may, where <see cref="RankReason.Name"/> is to be said.
    /// </param>
    /// <exception cref="ArgumentException">The tag is no tag, a kind has no phrase, or a phrase lacks its name; the message names every fault.</exception>
    public ReasonLanguage(string tag, IReadOnlyDictionary<RankReasonKind, string> phrases)
    {
        ArgumentNullException.ThrowIfNull(tag);
        ArgumentNullException.ThrowIfNull(phrases);
        string[] faults = [.. Faults(tag, phrases)];
        if (faults.Length > 0)
        {
            throw new ArgumentException($"This cannot be a language of reasons: {string.Join("; ", faults)}.", nameof(phrases));
        }

        Tag = tag;
        _phrases = phrases.ToFrozenDictionary();
    }

    /// <summary>English, which is used where nothing nearer is there.</summary>
    public static ReasonLanguage English { get; } = new("en", new Dictionary<RankReasonKind, string>
    {
        [RankReasonKind.None] = "Recommended for you",
        [RankReasonKind.BecauseYouLiked] = "Because you liked {name}",
        [RankReasonKind.Popular] = "Popular with our customers",
        [RankReasonKind.EndingSoon] = "Ends soon",
        [RankReasonKind.BecauseYouBought] = "Because you bought {name}",
        [RankReasonKind.PeopleLikeYou] = "People like you chose this",
        [RankReasonKind.MatchesYourInterest] = "Matches your interest in {name}",
        [RankReasonKind.PopularInYourArea] = "Popular in your area",
        [RankReasonKind.New] = "New offer",
        [RankReasonKind.Signal] = "A good match for you",
    });

    /// <summary>Simplified Chinese.</summary>
    public static ReasonLanguage SimplifiedChinese { get; } = new("zh", new Dictionary<RankReasonKind, string>
    {
        [RankReasonKind.None] = "为您推荐",
        [RankReasonKind.BecauseYouLiked] = "因为您喜欢{name}",
        [RankReasonKind.Popular] = "深受顾客欢迎",
        [RankReasonKind.EndingSoon] = "即将结束",
        [RankReasonKind.BecauseYouBought] = "因为您购买过{name}",
        [RankReasonKind.PeopleLikeYou] = "与您喜好相近的顾客也选了它",
        [RankReasonKind.MatchesYourInterest] = "符合您对{name}的兴趣",
        [RankReasonKind.PopularInYourArea] = "在您所在的地区很受欢迎",
        [RankReasonKind.New] = "最新优惠",
        [RankReasonKind.Signal] = "与您十分匹配",
    });

    /// <summary>The language's tag.</summary>
    public string Tag { get; }

    /// <summary>The phrase of a kind; that of <see cref="RankReasonKind.None"/> for a kind that is none.</summary>
    internal string PhraseOf(RankReasonKind kind) => _phrases.TryGetValue(kind, out string? phrase) ? phrase : _phrases[RankReasonKind.None];

    private static IEnumerable<string> Faults(string tag, IReadOnlyDictionary<RankReasonKind, string> phrases)
    {
        if (tag.Length is 0 or > 64 || !tag.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') || !char.IsAsciiLetter(tag[0]))
        {
            yield return $"the tag '{tag}' must be one after BCP 47, such as 'de' or 'zh-Hant'";
        }

        foreach (RankReasonKind kind in Enum.GetValues<RankReasonKind>())
        {
            if (!phrases.TryGetValue(kind, out string? phrase) || string.IsNullOrWhiteSpace(phrase))
            {
                yield return $"{kind} has no phrase";
            }
            else if (kind is RankReasonKind.BecauseYouLiked or RankReasonKind.BecauseYouBought or RankReasonKind.MatchesYourInterest && !phrase.Contains(NamePlace, StringComparison.Ordinal))
            {
                yield return $"the phrase of {kind} lacks {NamePlace}";
            }
        }
    }
}
