using FsCheck.Fluent;
using PromoRec.Consent;
using PromoRec.Consent.Packs;
using PromoRec.Push;
using PromoRec.Push.Consent;
using PromoRec.Tests.Consent;
using PromoRec.Tests.Properties;

namespace PromoRec.Tests.Push.Consent;

public class ConsentPolicyTests
{
    private static readonly ConsentPolicy Policy = new(JurisdictionPacks.Shipped, ConsentCases.Seller());

    private static readonly ConsentEvent Text = Ledgers.Entry(ConsentState.Granted) with { TextVersion = "v1" };

    /// <summary>What a customer may have said about the channel of a request, and about its topic.</summary>
    public static TheoryData<string?, string, string, PushReason> Situations { get; } = new()
    {
        // country, channel, what was said, answer
        { "FR", "email", "nothing", PushReason.NoConsent },
        { "FR", "email", "granted", PushReason.None },
        { "FR", "email", "sold", PushReason.None },
        { "FR", "email", "asked", PushReason.ConsentPending },
        { "FR", "email", "denied", PushReason.ConsentDenied },
        { "FR", "email", "withdrawn", PushReason.ConsentWithdrawn },
        { "FR", "email", "topic withdrawn", PushReason.OptedOut },
        { "FR", "email", "everything withdrawn", PushReason.ConsentWithdrawn },
        { "FR", "email", "suppressed", PushReason.Suppressed },
        { "FR", "sms", "granted", PushReason.NoConsent },
        { "FR", "sms", "topic granted", PushReason.None },
        { "FR", "sms", "topic above granted", PushReason.None },
        { "FR", "sms", "topic granted on every channel", PushReason.NoConsent },
        { "FR", "sms", "sold", PushReason.NoConsent },
        { "FR", "in-app", "nothing", PushReason.NoConsent },
        { "FR", "in-app", "granted", PushReason.None },
        { "FR", "own", "sold", PushReason.NoConsent },
        { "DE", "email", "granted", PushReason.NoConsent },
        { "DE", "email", "written", PushReason.NoConsent },
        { "DE", "email", "sold", PushReason.NoConsent },
        { "DE", "email", "asked", PushReason.ConsentPending },
        { "DE", "email", "confirmed", PushReason.None },
        { "DE", "email", "granted and asked", PushReason.ConsentPending },
        { "DE", "sms", "confirmed", PushReason.NoConsent },
        { "DE", "sms", "topic confirmed", PushReason.None },
        { "US", "email", "nothing", PushReason.None },
        { "US", "email", "asked", PushReason.None },
        { "US", "email", "denied", PushReason.OptedOut },
        { "US", "email", "withdrawn", PushReason.OptedOut },
        { "US", "email", "topic withdrawn", PushReason.OptedOut },
        { "US", "email", "suppressed", PushReason.Suppressed },
        { "US", "sms", "topic granted", PushReason.NoConsent },
        { "US", "sms", "written", PushReason.NoConsent },
        { "US", "sms", "topic written", PushReason.None },
        { "US", "in-app", "nothing", PushReason.NoConsent },
        { "CN", "email", "nothing", PushReason.NoConsent },
        { "CN", "email", "sold", PushReason.NoConsent },
        { "CN", "email", "granted", PushReason.None },
        { "CN", "sms", "asked", PushReason.ConsentPending },
        { "CN", "sms", "topic granted", PushReason.None },
        { "CN", "wechat", "granted", PushReason.NoConsent },
        { "CN", "wechat", "topic granted", PushReason.None },
        { "ZZ", "email", "nothing", PushReason.NoConsent },
        { "ZZ", "email", "sold", PushReason.NoConsent },
        { null, "email", "granted", PushReason.None },
        { null, "sms", "granted", PushReason.NoConsent },
        { null, "own", "nothing", PushReason.NoConsent },
    };

    [Theory]
    [MemberData(nameof(Situations))]
    public void A_promotion_needs_what_the_jurisdiction_needs(string? country, string channel, string said, PushReason expected)
    {
        var on = new ChannelId(channel);
        PushVerdict verdict = ConsentCases.Ask(Policy, country, ConsentCases.Request with { Channel = on }, Said(said, on));

        Assert.Equal((expected, expected == PushReason.None ? PushVerdictKind.Allow : PushVerdictKind.Drop), (verdict.Reason, verdict.Kind));
    }

    [Theory]
    [InlineData("shop", "shoes", "shoes", true)]
    [InlineData("shop", "boots", "shoes", true)]
    [InlineData("shop", "shoes", "boots", false)]
    [InlineData("shop", "hats", "shoes", false)]
    [InlineData("shop", "", "shoes", false)]
    [InlineData("other", "shoes", "shoes", false)]
    [InlineData("Shop", "shoes", "shoes", false)]
    public void A_sale_permits_the_same_seller_to_advertise_similar_products(string seller, string advertised, string sold, bool permitted)
    {
        ConsentEvent sale = Ledgers.Entry(ConsentState.SoftOptIn, ChannelId.Email) with { Sale = Ledgers.Sale with { SellerId = seller, Category = sold } };

        Assert.Equal(permitted ? PushReason.None : PushReason.NoConsent, ConsentCases.Ask(Policy, "FR", ConsentCases.Request with { Category = advertised }, sale).Reason);
    }

    [Fact]
    public void Of_several_sales_one_that_fits_is_enough()
    {
        ConsentEvent hats = Ledgers.Entry(ConsentState.SoftOptIn, ChannelId.Email) with { Sale = Ledgers.Sale with { Category = "hats" } };
        ConsentEvent shoes = hats with { Sale = Ledgers.Sale };

        Assert.Equal(PushReason.None, ConsentCases.Ask(Policy, "FR", ConsentCases.Request, shoes, hats).Reason);
    }

    [Fact]
    public void Without_a_seller_no_sale_permits_anything()
    {
        ConsentEvent sale = Ledgers.Entry(ConsentState.SoftOptIn, ChannelId.Email) with { Sale = Ledgers.Sale };

        Assert.Equal(PushReason.NoConsent, ConsentCases.Ask(new ConsentPolicy(JurisdictionPacks.Shipped, new PushConsentOptions()), "FR", ConsentCases.Request, sale).Reason);
    }

    [Theory]
    [InlineData("FR", "email", "nothing", PushReason.None)]
    [InlineData("FR", "email", "withdrawn", PushReason.None)]
    [InlineData("US", "sms", "nothing", PushReason.None)]
    [InlineData("US", "sms", "withdrawn", PushReason.OptedOut)]
    [InlineData("US", "sms", "everything withdrawn", PushReason.OptedOut)]
    [InlineData("US", "sms", "topic withdrawn", PushReason.None)]
    [InlineData("US", "sms", "suppressed", PushReason.Suppressed)]
    [InlineData("US", "email", "everything withdrawn", PushReason.None)]
    [InlineData(null, "sms", "denied", PushReason.OptedOut)]
    [InlineData("FR", "push", "nothing", PushReason.None)]
    public void A_transactional_message_needs_no_consent_but_where_the_jurisdiction_lets_a_refusal_reach_it(string? country, string channel, string said, PushReason expected)
    {
        var on = new ChannelId(channel);
        PushRequest request = ConsentCases.Request with { Channel = on, Class = MessageClass.Transactional };

        Assert.Equal(expected, ConsentCases.Ask(Policy, country, request, Said(said, on)).Reason);
    }

    [Fact]
    public void A_class_that_is_not_known_is_a_promotion() =>
        Assert.Equal(PushReason.NoConsent, ConsentCases.Ask(Policy, "FR", ConsentCases.Request with { Class = (MessageClass)7 }).Reason);

    [Fact]
    public void Silence_permits_nothing_but_where_the_jurisdiction_says_so() =>
        Prop.ForAll((from country in Gen.OneOf(Gen.Elements("FR", "DE", "CN", "GB", null, "", "us ", "ZZ"), ArbMap.Default.GeneratorFor<string?>())
                     from channel in Gen.Elements("email", "sms", "push", "wechat", "in-app", "own")
                     select (country, channel)).ToArbitrary(), asked =>
        {
            PushContext context = PushScenario.Context(ConsentCases.Request with { Channel = new ChannelId(asked.channel) }, ConsentCases.Snapshot(asked.country, Ledgers.View()));
            bool isUnitedStates = string.Equals(asked.country?.Trim(), "US", StringComparison.OrdinalIgnoreCase);
            return (Policy.Evaluate(context).Kind == PushVerdictKind.Allow) == (isUnitedStates && asked.channel is "email" or "push");
        }).Holds();

    [Fact]
    public void A_host_that_bars_a_channel_gets_no_flip()
    {
        JurisdictionPacks packs = JurisdictionPacks.Shipped.With("""{ "format": 1, "id": "X", "version": 1, "basedOn": "US", "countries": ["US"], "channels": { "email": { "need": "never" } } }"""u8, "x.json");
        PushVerdict verdict = ConsentCases.Ask(new ConsentPolicy(packs, new PushConsentOptions()), "US", ConsentCases.Request, Ledgers.Entry(ConsentState.Granted, ChannelId.Email));

        Assert.Equal((PushReason.NoConsent, PushFlipKind.None), (verdict.Reason, verdict.Flip.Kind));
    }

    [Fact]
    public void A_trace_says_whose_rules_apply_what_they_need_and_what_the_customer_said()
    {
        var trace = new PushTraceBuilder(1);
        PushSnapshot snapshot = ConsentCases.Snapshot("US", Ledgers.View());
        var context = new PushContext(ConsentCases.Request with { Channel = ChannelId.AppPush }, snapshot, PushScenario.Noon, PushScenario.TimeToLive, default, trace);
        trace.Close(0, Policy.Stage, Policy.Name, PushScenario.Noon, Policy.Evaluate(context));

        Assert.Equal(
            [("jurisdiction", "US/1"), ("consent", "Unknown"), ("need", "OptOut")],
            trace.Build(PushScenario.Noon).Entries[0].Saw.Select(saw => (saw.Name, saw.Text!)));
    }

    [Fact]
    public void Options_report_every_fault()
    {
        var options = new PushConsentOptions { SellerId = " ", SimilarCategories = { [""] = new HashSet<string>(), ["shoes"] = new HashSet<string> { " " } } };

        Assert.Equal(3, new PushConsentOptionsValidator().Validate(null, options).Failures!.Count());
        Assert.Contains("without a seller", new PushConsentOptionsValidator().Validate(null, new PushConsentOptions { SimilarCategories = { ["a"] = new HashSet<string>() } }).FailureMessage, StringComparison.Ordinal);
        Assert.True(new PushConsentOptionsValidator().Validate(null, ConsentCases.Seller()).Succeeded);
    }

    private static ConsentEvent[] Said(string what, ChannelId channel)
    {
        const string Topic = "offers/shoes";
        ConsentEvent At(ConsentEvent entry, ChannelId on, string topic = "") => entry with { EventId = Guid.NewGuid().ToString("N"), Channel = on, Topic = topic };
        ConsentEvent asked = Ledgers.Entry(ConsentState.Pending) with { TokenHash = "h" };
        ConsentEvent confirmed = Text with { TokenHash = "h" };
        return what switch
        {
            "nothing" => [],
            "granted" => [At(Ledgers.Entry(ConsentState.Granted), channel)],
            "topic granted" => [At(Ledgers.Entry(ConsentState.Granted), channel, Topic)],
            "topic above granted" => [At(Ledgers.Entry(ConsentState.Granted), channel, "offers")],
            "topic granted on every channel" => [At(Ledgers.Entry(ConsentState.Granted), default, Topic)],
            "written" => [At(Text, channel)],
            "topic written" => [At(Text, channel, Topic)],
            "asked" => [At(asked, channel, Topic)],
            "granted and asked" => [At(Text, channel), At(asked, channel)],
            "confirmed" => [At(asked, channel), At(confirmed, channel)],
            "topic confirmed" => [At(asked, channel, Topic), At(confirmed, channel, Topic)],
            "sold" => [At(Ledgers.Entry(ConsentState.SoftOptIn) with { Sale = Ledgers.Sale }, channel)],
            "denied" => [At(Text, channel, Topic), At(Ledgers.Entry(ConsentState.Denied), channel)],
            "withdrawn" => [At(Text, channel, Topic), At(Ledgers.Entry(ConsentState.Withdrawn), channel)],
            "topic withdrawn" => [At(Text, channel), At(Ledgers.Entry(ConsentState.Withdrawn), default, "offers")],
            "everything withdrawn" => [At(Text, channel), At(Ledgers.Entry(ConsentState.Withdrawn), default)],
            "suppressed" => [At(Text, channel), At(Ledgers.Entry(ConsentState.Suppressed), channel)],
            _ => throw new ArgumentException(what),
        };
    }
}
