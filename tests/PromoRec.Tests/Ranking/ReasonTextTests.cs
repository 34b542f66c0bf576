using System.Globalization;

namespace PromoRec.Tests.Ranking;

public sealed class ReasonTextTests
{
    private static readonly RankReason Tea = new(RankReasonKind.BecauseYouBought, "i7", 0.5f);

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public void Every_kind_has_a_text_of_its_own_in_the_languages_of_the_box(string language)
    {
        var text = new ReasonText(_ => "X");
        string[] texts = [.. Enum.GetValues<RankReasonKind>().Select(kind => text.Of(new RankReason(kind, default, 0, "X"), language))];

        Assert.All(texts, one => Assert.False(string.IsNullOrWhiteSpace(one)));
        Assert.Equal(texts.Length, texts.Distinct().Count());
        Assert.Equal(language == "zh", texts.All(one => one.Any(c => c is >= '\u4e00' and <= '\u9fff')));
        Assert.All(texts, one => Assert.DoesNotContain("{", one, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("en", "Because you bought Green tea")]
    [InlineData("en-GB", "Because you bought Green tea")]
    [InlineData("zh", "因为您购买过Green tea")]
    [InlineData("zh-CN", "因为您购买过Green tea")]
    [InlineData("ZH-Hans-cn", "因为您购买过Green tea")]
    [InlineData("fr-FR", "Because you bought Green tea")]
    [InlineData("", "Because you bought Green tea")]
    [InlineData("-", "Because you bought Green tea")]
    public void A_language_is_found_by_its_tag_and_what_is_not_known_is_said_in_English(string language, string expected)
    {
        var catalog = new CatalogSnapshot([], [new Item { Id = "i7", Text = "Green tea" }, new Item { Id = "i8" }]);

        Assert.Equal(expected, ReasonText.For(catalog).Of(Tea, language));
        Assert.Equal(expected.Replace("Green tea", "i8", StringComparison.Ordinal), ReasonText.For(catalog).Of(Tea with { Item = "i8" }, language));
    }

    [Fact]
    public void A_culture_names_its_language()
    {
        var text = new ReasonText();

        Assert.Equal("因为您购买过i7", text.Of(Tea, new Culture("zh-CN")));
        Assert.Equal("Because you bought i7", text.Of(Tea, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("category:tea", "Matches your interest in tea")]
    [InlineData("brand:Berg", "Matches your interest in Berg")]
    [InlineData("category:green tea brand:Berg", "Matches your interest in green tea (Berg)")]
    [InlineData("tea", "Matches your interest in tea")]
    public void Categories_and_brands_are_called_by_their_names(string group, string expected)
    {
        var reason = new RankReason(RankReasonKind.MatchesYourInterest, default, 1, group);

        Assert.Equal(expected, new ReasonText().Of(reason, "en"));
        Assert.Equal("Matches your interest in Warm drinks", new ReasonText(one => one.Name == group ? "Warm drinks" : null).Of(reason, "en"));
        Assert.Equal(expected, new ReasonText(_ => " ").Of(reason, "en"));
    }

    [Fact]
    public void Braces_in_a_name_are_said_as_they_are() =>
        Assert.Equal("Because you bought {name} {0}", new ReasonText(_ => "{name} {0}").Of(Tea, "en"));

    [Fact]
    public void Reasons_that_read_the_same_are_said_once()
    {
        RankReasons reasons = default;
        reasons.TryAdd(Tea);
        reasons.TryAdd(Tea with { Item = "i8" });
        reasons.TryAdd(new RankReason(RankReasonKind.EndingSoon, default, 0));

        Assert.Equal(["因为您购买过绿茶", "即将结束"], new ReasonText(_ => "绿茶").Of(reasons, "zh"));
        Assert.Equal(["Because you bought i7", "Because you bought i8", "Ends soon"], new ReasonText().Of(reasons, new Culture("en-US")));
    }

    [Fact]
    public void A_host_adds_a_language_or_replaces_one()
    {
        var german = new ReasonLanguage("de", Phrases("Weil Sie {name} gekauft haben"));
        var curt = new ReasonLanguage("en", Phrases("You bought {name}"));
        var text = new ReasonText(null, german, curt);

        Assert.Equal("Weil Sie i7 gekauft haben", text.Of(Tea, "de-AT"));
        Assert.Equal("You bought i7", text.Of(Tea, "en-US"));
        Assert.Equal("You bought i7", text.Of(Tea, "fr"));
        Assert.Throws<ArgumentException>("languages", () => new ReasonText(null, german, german));
    }

    [Fact]
    public void A_language_that_lacks_something_is_refused_with_all_that_it_lacks()
    {
        Dictionary<RankReasonKind, string> phrases = Phrases("bought");
        phrases.Remove(RankReasonKind.New);
        phrases[RankReasonKind.Popular] = " ";

        string message = Assert.Throws<ArgumentException>("phrases", () => new ReasonLanguage("d e", phrases)).Message;

        Assert.Contains("the tag 'd e' must be one after BCP 47", message, StringComparison.Ordinal);
        Assert.Contains("New has no phrase", message, StringComparison.Ordinal);
        Assert.Contains("Popular has no phrase", message, StringComparison.Ordinal);
        Assert.Contains("the phrase of BecauseYouBought lacks {name}", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kind_that_is_none_is_a_recommendation() =>
        Assert.Equal("Recommended for you", new ReasonText().Of(new RankReason((RankReasonKind)99, default, 0), "en"));

    private static Dictionary<RankReasonKind, string> Phrases(string bought)
    {
        Dictionary<RankReasonKind, string> phrases = Enum.GetValues<RankReasonKind>().ToDictionary(kind => kind, kind => $"{kind} {{name}}");
        phrases[RankReasonKind.BecauseYouBought] = bought;
        return phrases;
    }

    /// <summary>A culture by its name, which the tests, run without culture data, could not have otherwise.</summary>
    private sealed class Culture(string name) : CultureInfo(string.Empty)
    {
        public override string Name => name;
    }
}
