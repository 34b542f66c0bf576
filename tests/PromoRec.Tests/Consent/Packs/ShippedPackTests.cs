using PromoRec.Consent;
using PromoRec.Consent.Packs;

namespace PromoRec.Tests.Consent.Packs;

/// <summary>Every cell of the table of packs in policy-semantics, section 4.</summary>
public class ShippedPackTests
{
    private static readonly ChannelId Own = new("carrier-pigeon");

    public static TheoryData<string, string, ConsentNeed, bool, bool, TransactionalRule, RevokeScope> Cells { get; } = new()
    {
        // pack, channel, need, per topic, permission, transactional, revoke
        { "EU", "email", ConsentNeed.SoftOptIn, false, false, TransactionalRule.Allowed, RevokeScope.Channel },
        { "EU", "sms", ConsentNeed.Grant, true, false, TransactionalRule.Allowed, RevokeScope.Channel },
        { "EU", "push", ConsentNeed.Grant, false, true, TransactionalRule.Allowed, RevokeScope.Channel },
        { "EU", "wechat", ConsentNeed.Grant, true, false, TransactionalRule.Allowed, RevokeScope.Channel },
        { "EU", "in-app", ConsentNeed.Grant, false, false, TransactionalRule.Allowed, RevokeScope.Channel },
        { "EU", "carrier-pigeon", ConsentNeed.Grant, false, false, TransactionalRule.Allowed, RevokeScope.Channel },
        { "DE", "email", ConsentNeed.DoubleOptIn, false, false, TransactionalRule.Allowed, RevokeScope.Channel },
        { "DE", "sms", ConsentNeed.DoubleOptIn, true, false, TransactionalRule.Allowed, RevokeScope.Channel },
        { "DE", "push", ConsentNeed.Grant, false, true, TransactionalRule.Allowed, RevokeScope.Channel },
        { "DE", "wechat", ConsentNeed.Grant, true, false, TransactionalRule.Allowed, RevokeScope.Channel },
        { "DE", "in-app", ConsentNeed.Grant, false, false, TransactionalRule.Allowed, RevokeScope.Channel },
        { "DE", "carrier-pigeon", ConsentNeed.Grant, false, false, TransactionalRule.Allowed, RevokeScope.Channel },
        { "US", "email", ConsentNeed.OptOut, false, false, TransactionalRule.Allowed, RevokeScope.Channel },
        { "US", "sms", ConsentNeed.WrittenGrant, true, false, TransactionalRule.UnlessRefused, RevokeScope.All },
        { "US", "push", ConsentNeed.OptOut, false, true, TransactionalRule.Allowed, RevokeScope.Channel },
        { "US", "wechat", ConsentNeed.Grant, true, false, TransactionalRule.Allowed, RevokeScope.Channel },
        { "US", "in-app", ConsentNeed.Grant, false, false, TransactionalRule.Allowed, RevokeScope.All },
        { "US", "carrier-pigeon", ConsentNeed.Grant, false, false, TransactionalRule.Allowed, RevokeScope.All },
        { "CN", "email", ConsentNeed.Grant, false, false, TransactionalRule.Allowed, RevokeScope.Channel },
        { "CN", "sms", ConsentNeed.Grant, true, false, TransactionalRule.Allowed, RevokeScope.Channel },
        { "CN", "push", ConsentNeed.Grant, false, true, TransactionalRule.Allowed, RevokeScope.Channel },
        { "CN", "wechat", ConsentNeed.Grant, true, false, TransactionalRule.Allowed, RevokeScope.Channel },
        { "CN", "in-app", ConsentNeed.Grant, false, false, TransactionalRule.Allowed, RevokeScope.Channel },
        { "CN", "carrier-pigeon", ConsentNeed.Grant, false, false, TransactionalRule.Allowed, RevokeScope.Channel },
        { "Strict", "email", ConsentNeed.Grant, false, false, TransactionalRule.Allowed, RevokeScope.All },
        { "Strict", "sms", ConsentNeed.Grant, true, false, TransactionalRule.UnlessRefused, RevokeScope.All },
        { "Strict", "push", ConsentNeed.Grant, false, true, TransactionalRule.Allowed, RevokeScope.All },
        { "Strict", "wechat", ConsentNeed.Grant, true, false, TransactionalRule.Allowed, RevokeScope.All },
        { "Strict", "in-app", ConsentNeed.Grant, false, false, TransactionalRule.Allowed, RevokeScope.All },
        { "Strict", "carrier-pigeon", ConsentNeed.Grant, false, false, TransactionalRule.Allowed, RevokeScope.All },
    };

    public static TheoryData<string, string, string, UnknownZoneRule, ConsentNeed, ObjectionEffects, int, int, ConsentDuties> Extras { get; } = new()
    {
        // pack, quiet hours, quiet hours where the region is not known, unknown zone, personalization, objection, opt-out days, months of proof, duties
        { "EU", "21:00-08:00", "21:00-08:00", UnknownZoneRule.CountryZones, ConsentNeed.Grant, ObjectionEffects.Marketing | ObjectionEffects.Personalization, 0, 0, ConsentDuties.KeepProof },
        { "DE", "21:00-08:00", "21:00-08:00", UnknownZoneRule.CountryZones, ConsentNeed.Grant, ObjectionEffects.Marketing | ObjectionEffects.Personalization, 0, 0, ConsentDuties.KeepProof },
        { "US", "21:00-08:00", "20:00-08:00", UnknownZoneRule.CountryZones, ConsentNeed.OptOut, ObjectionEffects.Marketing | ObjectionEffects.Personalization, 10, 0, ConsentDuties.None },
        { "CN", "21:00-08:00", "21:00-08:00", UnknownZoneRule.CountryZones, ConsentNeed.OptOut, ObjectionEffects.Personalization, 0, 5, ConsentDuties.NonPersonalizedOption | ConsentDuties.NoUnreasonablePriceDifference },
        {
            "Strict", "20:00-09:00", "20:00-09:00", UnknownZoneRule.Block, ConsentNeed.Grant, ObjectionEffects.Marketing | ObjectionEffects.Personalization, 0, 60,
            ConsentDuties.KeepProof | ConsentDuties.NonPersonalizedOption | ConsentDuties.NoUnreasonablePriceDifference
        },
    };

    public static TheoryData<string, string, ConsentDuties> ChannelDuties { get; } = new()
    {
        { "EU", "email", ConsentDuties.OneClickUnsubscribe },
        { "DE", "email", ConsentDuties.OneClickUnsubscribe },
        { "US", "email", ConsentDuties.PostalAddress | ConsentDuties.OneClickUnsubscribe },
        { "US", "sms", ConsentDuties.None },
        { "CN", "email", ConsentDuties.AdMark },
        { "CN", "sms", ConsentDuties.KeepProof },
        { "CN", "push", ConsentDuties.EasyClose },
        { "Strict", "email", ConsentDuties.AdMark | ConsentDuties.PostalAddress | ConsentDuties.OneClickUnsubscribe },
        { "Strict", "push", ConsentDuties.EasyClose },
    };

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_channel_needs_what_the_table_says(string pack, string channel, ConsentNeed need, bool perTopic, bool permission, TransactionalRule transactional, RevokeScope revoke)
    {
        ChannelRule rule = Pack(pack).RuleFor(new ChannelId(channel));

        Assert.Equal((need, perTopic, permission, transactional, revoke), (rule.Need, rule.PerTopic, rule.NeedsPermission, rule.Transactional, rule.Revoke));
    }

    [Fact]
    public void The_table_has_every_cell()
    {
        IEnumerable<(string, string)> expected = JurisdictionPacks.Shipped.All.SelectMany(pack => pack.Channels.Append(ChannelId.InApp).Append(Own).Select(channel => (pack.Id, channel.ToString())));

        Assert.Equal(expected.Order(), Cells.Select(row => (row.Data.Item1, row.Data.Item2)).Order());
    }

    [Theory]
    [MemberData(nameof(Extras))]
    public void The_rest_is_what_the_table_says(
        string id, string quiet, string regionUnknown, UnknownZoneRule zone, ConsentNeed personalization, ObjectionEffects objection, int days, int months, ConsentDuties duties)
    {
        JurisdictionPack pack = Pack(id);

        Assert.Equal(quiet, Text(pack.QuietHoursFor("XX")));
        Assert.Equal(quiet, Text(pack.QuietHours));
        Assert.Equal(regionUnknown, Text(pack.QuietHoursFor(null)));
        Assert.Equal((zone, personalization, objection, days, months, duties), (pack.UnknownZone, pack.Personalization, pack.ObjectionStops, pack.OptOutWithinBusinessDays, pack.KeepProofMonths, pack.Duties));
    }

    [Theory]
    [MemberData(nameof(ChannelDuties))]
    public void A_channel_has_the_duties_of_the_table(string pack, string channel, ConsentDuties duties) => Assert.Equal(duties, Pack(pack).RuleFor(new ChannelId(channel)).Duties);

    [Theory]
    [InlineData("FL", "20:00-08:00")]
    [InlineData(" fl ", "20:00-08:00")]
    [InlineData("CA", "21:00-08:00")]
    [InlineData("Florida", "20:00-08:00")]
    [InlineData("", "20:00-08:00")]
    public void Florida_is_quiet_an_hour_earlier_and_so_is_a_state_that_is_not_known(string region, string expected) => Assert.Equal(expected, Text(Pack("US").QuietHoursFor(region)));

    [Theory]
    [InlineData("US", "US")]
    [InlineData("us", "US")]
    [InlineData(" US ", "US")]
    [InlineData("DE", "DE")]
    [InlineData("CN", "CN")]
    [InlineData("GB", "EU")]
    [InlineData("CH", "Strict")]
    [InlineData("HK", "Strict")]
    [InlineData("PR", "Strict")]
    [InlineData("UK", "Strict")]
    [InlineData("USA", "Strict")]
    [InlineData("Germany", "Strict")]
    [InlineData("", "Strict")]
    [InlineData(null, "Strict")]
    public void A_country_gets_its_pack_and_any_other_the_strict_one(string? country, string id) => Assert.Equal(id, JurisdictionPacks.Shipped.For(country).Id);

    [Fact]
    public void All_of_the_union_and_the_economic_area_but_germany_has_the_pack_of_the_union()
    {
        string[] union =
        [
            "AT", "BE", "BG", "CY", "CZ", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
        ];

        Assert.Equal(26, union.Length);
        Assert.All([.. union, "IS", "LI", "NO"], country => Assert.Equal("EU", JurisdictionPacks.Shipped.For(country).Id));
    }

    [Theory]
    [InlineData("EU")]
    [InlineData("DE")]
    [InlineData("US")]
    [InlineData("CN")]
    [InlineData("Strict")]
    public void Stop_words_are_understood_in_every_form(string id)
    {
        JurisdictionPack pack = Pack(id);
        string[] forms =
        [
            "stop", "STOP", " Stop ", "stop.", "\"STOP\"!", "S T O P", "ｓｔｏｐ", "quit", "End", "revoke", "opt out", "OPT-OUT", "optout", "Cancel", "unsubscribe",
            "退订", " 退订。", "TD", "td", "ＴＤ", "T", "t",
        ];

        Assert.All(forms, form => Assert.True(pack.IsStopWord(form), form));
        Assert.All(["", " ", "!", "yes", "stopping", "please do not stop", "TDX", "no end in sight", new string(' ', 100), null], text => Assert.False(pack.IsStopWord(text)));
    }

    [Fact]
    public void Finding_a_pack_a_rule_and_quiet_hours_allocates_nothing()
    {
        int spans = 0;
        for (int i = 0; i < 100; i++)
        {
            Find();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Find();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(spans > 0);

        void Find()
        {
            JurisdictionPack pack = JurisdictionPacks.Shipped.For("US");
            spans += pack.QuietHoursFor("FL").Length + (pack.RuleFor(ChannelId.Sms).PerTopic ? 1 : 0);
        }
    }

    [Theory]
    [InlineData("EU", 5)]
    [InlineData("DE", 5)]
    [InlineData("US", 5)]
    [InlineData("CN", 5)]
    [InlineData("Strict", 0)]
    public void A_stop_word_may_be_confirmed_for_as_long_as_the_pack_says(string id, int minutes) => Assert.Equal(TimeSpan.FromMinutes(minutes), Pack(id).StopConfirmation);

    private static JurisdictionPack Pack(string id) => JurisdictionPacks.Shipped.Find(id)!;

    private static string Text(IEnumerable<QuietPeriod> spans) => string.Join(' ', spans.Select(span => FormattableString.Invariant($"{span.From:HH\\:mm}-{span.To:HH\\:mm}")));
}
