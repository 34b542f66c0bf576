using System.Globalization;

namespace PromoRec;

/// <summary>Says reasons in a customer's language. Immutable; any number of threads may use it.</summary>
/// <remarks>
/// A language is looked for by its tag, then by what stands before each "-" of it, and English answers for what is not there: "zh-Hans-CN" and "zh-TW" find "zh". It reads no
/// culture data, so that it works with InvariantGlobalization. Texts are plain: escape them for where they are shown. Nothing is logged.
/// </remarks>
public sealed class ReasonText
{
    private const string CategoryPrefix = "category:";
    private const string BrandPrefix = "brand:";
    private const string BrandInside = " " + BrandPrefix;

    private readonly Dictionary<string, ReasonLanguage> _languages = new(StringComparer.OrdinalIgnoreCase)
    {
        [ReasonLanguage.English.Tag] = ReasonLanguage.English,
        [ReasonLanguage.SimplifiedChinese.Tag] = ReasonLanguage.SimplifiedChinese,
    };

    private readonly Func<RankReason, string?>? _nameOf;

    /// <param name="nameOf">
    /// What the item, category, brand, segment or signal of a reason is called in the shop; where it returns null or nothing, and without it, the item's id stands there, or the name of the
    /// category and brand. It may be called by any thread.
    /// </param>
    /// <param name="languages">Languages beside English and Simplified Chinese; one of their tags replaces what is in the box.</param>
    /// <exception cref="ArgumentException">Two languages have one tag.</exception>
    public ReasonText(Func<RankReason, string?>? nameOf = null, params IReadOnlyList<ReasonLanguage> languages)
    {
        ArgumentNullException.ThrowIfNull(languages);
        _nameOf = nameOf;
        var given = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (ReasonLanguage language in languages)
        {
            ArgumentNullException.ThrowIfNull(language, nameof(languages));
            _languages[language.Tag] = given.Add(language.Tag) ? language : throw new ArgumentException($"Two languages of reasons have the tag '{language.Tag}'. Give each once.", nameof(languages));
        }
    }

    /// <summary>Names items as a catalog does: by their text, and by their id where they have none.</summary>
    /// <param name="catalog">The catalog; its items are looked up now, so that a later one needs another value.</param>
    /// <param name="languages">As in the constructor.</param>
    /// <exception cref="ArgumentException">Two languages have one tag.</exception>
    public static ReasonText For(CatalogSnapshot catalog, params IReadOnlyList<ReasonLanguage> languages)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        var names = new Dictionary<ItemId, string>();
        foreach (Item item in catalog.Items)
        {
            if (!string.IsNullOrWhiteSpace(item.Text))
            {
                names.TryAdd(item.Id, item.Text);
            }
        }

        return new ReasonText(reason => reason.Item.IsEmpty ? null : names.GetValueOrDefault(reason.Item), languages);
    }

    /// <summary>A reason in words.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="language">The tag of the language, such as "en" or "zh-CN"; English for one that is not known.</param>
    public string Of(in RankReason reason, string language)
    {
        ArgumentNullException.ThrowIfNull(language);
        string phrase = Find(language).PhraseOf(reason.Kind);
        return phrase.Contains(ReasonLanguage.NamePlace, StringComparison.Ordinal) ? phrase.Replace(ReasonLanguage.NamePlace, NameOf(reason), StringComparison.Ordinal) : phrase;
    }

    /// <summary>A reason in words of a culture's language.</summary>
    public string Of(in RankReason reason, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        return Of(reason, culture.Name);
    }

    /// <summary>Reasons in words, strongest first; what would be said twice is said once.</summary>
    /// <param name="reasons">The reasons.</param>
    /// <param name="language">The tag of the language; English for one that is not known.</param>
    public string[] Of(in RankReasons reasons, string language)
    {
        var texts = new List<string>(reasons.Count);
        for (int i = 0; i < reasons.Count; i++)
        {
            string text = Of(reasons[i], language);
            if (!texts.Contains(text))
            {
                texts.Add(text);
            }
        }

        return [.. texts];
    }

    /// <summary>Reasons in words of a culture's language.</summary>
    public string[] Of(in RankReasons reasons, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        return Of(reasons, culture.Name);
    }

    private ReasonLanguage Find(string tag)
    {
        while (true)
        {
            if (_languages.TryGetValue(tag, out ReasonLanguage? language))
            {
                return language;
            }

            int cut = tag.LastIndexOf('-');
            if (cut < 0)
            {
                return _languages[ReasonLanguage.English.Tag];
            }

            tag = tag[..cut];
        }
    }

    private string NameOf(in RankReason reason)
    {
        if (_nameOf?.Invoke(reason) is { } name && !string.IsNullOrWhiteSpace(name))
        {
            return name;
        }

        return reason.Item.IsEmpty ? GroupName(reason.Name ?? string.Empty) : reason.Item.ToString();
    }

    /// <summary>"category:tea" is tea, "brand:Berg" is Berg, and "category:tea brand:Berg" is tea (Berg): that is what models of interest call their groups.</summary>
    private static string GroupName(string name)
    {
        if (name.StartsWith(BrandPrefix, StringComparison.Ordinal))
        {
            return name[BrandPrefix.Length..];
        }

        if (!name.StartsWith(CategoryPrefix, StringComparison.Ordinal))
        {
            return name;
        }

        int brand = name.LastIndexOf(BrandInside, StringComparison.Ordinal);
        return brand < 0 ? name[CategoryPrefix.Length..] : $"{name[CategoryPrefix.Length..brand]} ({name[(brand + BrandInside.Length)..]})";
    }
}
