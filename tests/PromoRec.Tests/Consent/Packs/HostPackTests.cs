using System.Text;
using System.Text.RegularExpressions;
using PromoRec.Consent;
using PromoRec.Consent.Packs;

namespace PromoRec.Tests.Consent.Packs;

public partial class HostPackTests
{
    private const string Whole = """
        {
          "format": 1, "id": "CH", "version": 3, "countries": ["CH"], "unknownZone": "fallbackZone",
          "quietHours": { "default": [] },
          "channels": { "default": { "need": "never" }, "email": { "need": "grant", "revoke": "topic" } },
          "personalization": "never", "objectionStops": [], "stopWords": ["halt"], "optOutWithinBusinessDays": 2,
          "stopConfirmationMinutes": 7,
        }
        """;

    [Fact]
    public void A_host_adds_a_pack_of_its_own()
    {
        JurisdictionPacks packs = With(Whole);
        JurisdictionPack pack = packs.For("CH");

        Assert.Equal("CH/3", pack.ToString());
        Assert.Equal(ConsentNeed.Never, pack.RuleFor(ChannelId.Sms).Need);
        Assert.Equal(RevokeScope.Topic, pack.RuleFor(ChannelId.Email).Revoke);
        Assert.Empty(pack.QuietHoursFor(null));
        Assert.Equal((UnknownZoneRule.FallbackZone, ConsentNeed.Never, ObjectionEffects.None, 2), (pack.UnknownZone, pack.Personalization, pack.ObjectionStops, pack.OptOutWithinBusinessDays));
        Assert.True(pack.IsStopWord("Halt!"));
        Assert.Equal(TimeSpan.FromMinutes(7), pack.StopConfirmation);
        Assert.Equal("Strict", JurisdictionPacks.Shipped.For("CH").Id);
    }

    [Fact]
    public void A_pack_based_on_another_says_only_what_differs()
    {
        JurisdictionPacks packs = With("""
            {
              "format": 1, "id": "FR-shop", "version": 1, "basedOn": "US", "countries": ["FR"],
              "quietHours": { "default": ["22:00-07:00", "12:00-14:00"], "regions": { "75C": [] } },
              "channels": { "email": { "need": "doubleOptIn" }, "fax": { "need": "never" } },
            }
            """);
        JurisdictionPack pack = packs.For("FR");

        Assert.Equal(ConsentNeed.DoubleOptIn, pack.RuleFor(ChannelId.Email).Need);
        Assert.Equal(RevokeScope.Channel, pack.RuleFor(ChannelId.Email).Revoke);
        Assert.Equal(ConsentNeed.WrittenGrant, pack.RuleFor(ChannelId.Sms).Need);
        Assert.Equal(ConsentNeed.Never, pack.RuleFor(new ChannelId("fax")).Need);
        Assert.Equal(RevokeScope.All, pack.RuleFor(new ChannelId("fax")).Revoke);
        Assert.Equal(2, pack.QuietHours.Length);
        Assert.Equal(new QuietPeriod(new TimeOnly(20, 0), new TimeOnly(8, 0)), Assert.Single(pack.QuietHoursFor("FL")));
        Assert.Empty(pack.QuietHoursFor("75C"));
        Assert.Equal(10, pack.OptOutWithinBusinessDays);
        Assert.Equal("EU", packs.For("BE").Id);
        Assert.Equal("US", packs.For("US").Id);
        Assert.Equal(ConsentNeed.OptOut, packs.For("US").RuleFor(ChannelId.Email).Need);
    }

    [Fact]
    public void A_pack_replaces_the_one_of_its_id_and_countries_it_no_longer_names_get_the_strict_one()
    {
        JurisdictionPacks packs = With(Whole.Replace("\"CH\", \"version\"", "\"EU\", \"version\"", StringComparison.Ordinal).Replace("[\"CH\"]", "[\"AT\", \"DE\"]", StringComparison.Ordinal));

        Assert.Equal("EU/3", packs.For("AT").Name);
        Assert.Equal("EU/3", packs.For("DE").Name);
        Assert.Equal("Strict", packs.For("FR").Id);
        Assert.Single(packs.All, pack => pack.Id == "EU");
    }

    [Fact]
    public void The_strict_pack_can_be_replaced()
    {
        JurisdictionPacks packs = With(Whole.Replace("\"CH\", \"version\"", "\"Strict\", \"version\"", StringComparison.Ordinal));

        Assert.Equal("Strict/3", packs.Strict.Name);
        Assert.Equal("Strict/3", packs.For(null).Name);
    }

    [Fact]
    public void Every_fault_is_named_with_file_line_and_path()
    {
        string message = Fault("""
            {
              "format": 2,
              "id": "a b",
              "version": 0,
              "basedOn": "Mars",
              "countries": ["DE", "DE", "de", 7],
              "unknownZone": "guess",
              "quietHours": { "default": ["21:00-21:00", "21:00", "25:00-08:00", 5], "regions": { "Florida": [] }, "state": [] },
              "channels": {
                "email": { "need": "maybe", "perTopic": "yes", "revoke": "some", "transactional": 1, "duties": ["dance"], "extra": true },
                "E Mail": { "need": "grant" },
                "sms": { "need": "optOut", "perTopic": true },
                "fax": {}
              },
              "personalization": "softOptIn",
              "objectionStops": "all",
              "stopWords": ["!", 4],
              "optOutWithinBusinessDays": 1.5,
              "keepProofMonths": -1,
              "duties": [null], "stopConfirmationMinutes": 1441,
              "colour": "red",
              "version": 2
            }
            """);
        string[] expected =
        [
            "bad.json:2: $.format is 2, but this version of PromoRec reads format 1.",
            "bad.json:3: $.id is 'a b', but must be 1 to 32 letters a to z, digits, '-' or '_'.",
            "bad.json:4: $.version is 0, but must be a whole number from 1 to 1000000.",
            "bad.json:5: $.basedOn is 'Mars', but there is no such pack; add that one first.",
            "bad.json:6: $.countries[1] names 'DE' twice; leave one of them out.",
            "bad.json:6: $.countries[2] is 'de', but must be a country as two capital letters of ISO 3166-1.",
            "bad.json:6: $.countries[3] is 7, but must be a country as two capital letters of ISO 3166-1.",
            "bad.json:7: $.unknownZone is 'guess', but must be one of 'block', 'countryZones', 'fallbackZone'.",
            "bad.json:8: $.quietHours.default[0] is '21:00-21:00', which begins where it ends; leave it out for no quiet hours, or give two different times.",
            "bad.json:8: $.quietHours.default[1] is '21:00', but must be two times of day such as \"21:00-08:00\".",
            "bad.json:8: $.quietHours.default[2] is '25:00-08:00', but must be two times of day such as \"21:00-08:00\".",
            "bad.json:8: $.quietHours.default[3] is 5, but must be two times of day such as \"21:00-08:00\".",
            "bad.json:8: $.quietHours.regions.Florida is named 'Florida', but a region has 1 to 3 letters or digits, as in ISO 3166-2 after the hyphen.",
            "bad.json:8: $.quietHours.state is not known here; allowed are 'default', 'regions'.",
            "bad.json:10: $.channels.email.need is 'maybe', but must be one of 'never', 'optOut', 'softOptIn', 'grant', 'writtenGrant', 'doubleOptIn'.",
            "bad.json:10: $.channels.email.perTopic is 'yes', but must be true or false.",
            "bad.json:10: $.channels.email.revoke is 'some', but must be one of 'all', 'channel', 'topic'.",
            "bad.json:10: $.channels.email.transactional is 1, but must be one of 'allowed', 'unlessRefused'.",
            "bad.json:10: $.channels.email.duties[0] is 'dance', but must be one of 'adMark', 'postalAddress', 'oneClickUnsubscribe', 'easyClose', 'keepProof', 'nonPersonalizedOption', 'noUnreasonablePriceDifference'.",
            "bad.json:10: $.channels.email.extra is not known here; allowed are 'need', 'perTopic', 'permission', 'transactional', 'revoke', 'duties'.",
            "bad.json:11: $.channels.E Mail is named 'E Mail', but a channel has 1 to 64 lower-case letters, digits, '.', '_' or '-'.",
            "bad.json:12: $.channels.sms asks for a grant per topic, but needs none; set 'need' to 'grant', 'writtenGrant' or 'doubleOptIn', or 'perTopic' to false.",
            "bad.json:13: $.channels.fax lacks 'need'; it must be one of 'never', 'optOut', 'softOptIn', 'grant', 'writtenGrant', 'doubleOptIn'.",
            "bad.json:9: $.channels lacks 'default', the rule for channels that are not named.",
            "bad.json:15: $.personalization is 'softOptIn', but must be one of 'never', 'optOut', 'grant'.",
            "bad.json:16: $.objectionStops is 'all', but must be a list of words out of 'marketing', 'personalization'.",
            "bad.json:17: $.stopWords[0] is '!', but must be a word of at most 64 characters with a letter or digit.",
            "bad.json:17: $.stopWords[1] is 4, but must be a word of at most 64 characters with a letter or digit.",
            "bad.json:18: $.optOutWithinBusinessDays is 1.5, but must be a whole number from 0 to 365.",
            "bad.json:19: $.keepProofMonths is -1, but must be a whole number from 0 to 1200.",
            "bad.json:20: $.duties[0] is null, but must be one of 'adMark', 'postalAddress', 'oneClickUnsubscribe', 'easyClose', 'keepProof', 'nonPersonalizedOption', 'noUnreasonablePriceDifference'.",
            "bad.json:20: $.stopConfirmationMinutes is 1441, but must be a whole number from 0 to 1440.",
            "bad.json:21: $.colour is not known here; allowed are 'format', 'id', 'version', 'basedOn', 'about', 'countries', 'unknownZone', 'quietHours', 'channels', 'personalization', 'objectionStops', 'stopWords', 'stopConfirmationMinutes', 'optOutWithinBusinessDays', 'keepProofMonths', 'duties'.",
            "bad.json:22: $.version is there twice; leave one of them out.",
        ];

        Assert.All(expected, line => Assert.Contains($"- {line}", message.Split('\n')));
        Assert.StartsWith($"The jurisdiction pack has {expected.Length} faults:", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "bad.json:1: $ is not JSON:")]
    [InlineData("{\n  \"id\": \"X\",\n  oops\n}", "bad.json:3: $ is not JSON:")]
    [InlineData("{} {}", "bad.json:1: $ is not JSON:")]
    [InlineData("[1]", "bad.json:1: $ is a list, but must be an object with a jurisdiction pack.")]
    [InlineData("null", "bad.json:1: $ is null, but must be an object with a jurisdiction pack.")]
    public void What_is_no_pack_is_said_to_be_none(string json, string expected) => Assert.Contains(expected, Fault(json), StringComparison.Ordinal);

    [Fact]
    public void Nesting_without_end_is_refused() => Assert.Contains("is nested deeper than 16 levels", Fault(new string('[', 100_000)), StringComparison.Ordinal);

    [Fact]
    public void Text_in_another_encoding_is_refused() =>
        Assert.Contains("is not UTF-8", Assert.Throws<PromoRecException>(() => JurisdictionPacks.Shipped.With([0x7B, 0xFF, 0x7D], "bad.json")).Message, StringComparison.Ordinal);

    [Fact]
    public void An_empty_pack_lacks_everything_that_is_needed()
    {
        string message = Fault("{}");

        Assert.All(
            ["format", "id", "version", "countries", "unknownZone", "quietHours", "channels", "personalization", "objectionStops", "stopWords", "stopConfirmationMinutes", "optOutWithinBusinessDays"],
            name => Assert.Contains($"bad.json:1: $ lacks '{name}'.", message, StringComparison.Ordinal));
    }

    [Fact]
    public void The_pack_in_the_guide_can_be_used()
    {
        string guide = File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "docs", "guide", "consent.md"));
        JurisdictionPack pack = With(guide.Split("```json")[1].Split("```")[0]).For("CH");

        Assert.Equal((ConsentNeed.DoubleOptIn, ConsentNeed.Never, "CH/1"), (pack.RuleFor(ChannelId.Email).Need, pack.RuleFor(new ChannelId("fax")).Need, pack.Name));
        IEnumerable<string> words = PackWords.Needs.Select(pair => pair.Word).Concat(PackWords.Duties.Select(pair => pair.Word)).Concat(PackReader.MemberNames);
        Assert.All(words, word => Assert.Contains($"`{word}`", guide, StringComparison.Ordinal));
    }

    [Fact]
    public void A_byte_order_mark_is_no_fault() => Assert.Equal("CH/3", JurisdictionPacks.Shipped.With([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Whole)], "ch.json").For("CH").Name);

    private static JurisdictionPacks With(string json) => JurisdictionPacks.Shipped.With(Encoding.UTF8.GetBytes(json), "own.json");

    /// <summary>What is wrong with a pack, with the lines but without the columns, which LocatedJsonTests look at.</summary>
    private static string Fault(string json)
    {
        PromoRecException exception = Assert.Throws<PromoRecException>(() => JurisdictionPacks.Shipped.With(Encoding.UTF8.GetBytes(json), "bad.json"));
        Assert.Equal(PromoRecErrorCode.InvalidPolicy, exception.Code);
        return AfterLine().Replace(exception.Message, "$1:");
    }

    [GeneratedRegex(@"(bad\.json:\d+):\d+:", RegexOptions.CultureInvariant)]
    private static partial Regex AfterLine();
}
