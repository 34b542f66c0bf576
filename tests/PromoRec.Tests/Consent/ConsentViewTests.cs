using FsCheck;
using FsCheck.Fluent;
using PromoRec.Consent;
using PromoRec.Tests.Properties;

namespace PromoRec.Tests.Consent;

public class ConsentViewTests
{
    private static readonly ConsentNeed[] Needs = Enum.GetValues<ConsentNeed>();

    [Fact]
    public void A_view_answers_like_a_search_through_all_events()
    {
        Gen<(ConsentEvent[] Events, (ChannelId Channel, string Topic) Place, ConsentNeed Need, bool PerTopic, ConsentPurpose Purpose)> questions =
            from events in Ledgers.InOrder
            from place in Ledgers.Place
            from need in Gen.Elements(Needs)
            from perTopic in Gen.Elements(true, false)
            from purpose in Gen.Elements(Enum.GetValues<ConsentPurpose>())
            select (events, place, need, perTopic, purpose);
        Prop.ForAll(questions.ToArbitrary(), asked =>
        {
            ConsentAnswer answer = Ledgers.View(asked.Events).Resolve(asked.Purpose, asked.Place.Channel, asked.Place.Topic, ConsentTwin.Question(asked.Need, asked.PerTopic));
            var expected = new ConsentTwin(asked.Events).Resolve(asked.Purpose, asked.Place.Channel, asked.Place.Topic, asked.Need, asked.PerTopic);
            return (answer.State, answer.IsSufficient) == expected;
        }).Holds(3000);
    }

    [Fact]
    public void A_refusal_appended_last_beats_every_grant_at_and_below_its_place() =>
        Prop.ForAll((from events in Ledgers.OutOfOrder
                     from place in Ledgers.Place
                     from state in Gen.Elements(ConsentState.Denied, ConsentState.Withdrawn, ConsentState.Suppressed)
                     from need in Gen.Elements(Needs)
                     select (events, place, state, need)).ToArbitrary(), asked =>
        {
            ConsentEvent refusal = Ledgers.Entry(asked.state, asked.place.Channel, asked.place.Topic);
            ConsentView view = Ledgers.View([.. asked.events, refusal]);
            return Ledgers.Channels.Where(channel => asked.place.Channel.IsEmpty || channel == asked.place.Channel).All(channel =>
                Ledgers.Topics.Where(topic => asked.place.Topic.Length == 0 || $"{topic}/".StartsWith($"{asked.place.Topic}/", StringComparison.Ordinal)).All(topic =>
                    view.Resolve(ConsentPurpose.Marketing, channel, topic, ConsentTwin.Question(asked.need, perTopic: false)) is { IsSufficient: false, IsRefused: true }));
        }).Holds();

    [Fact]
    public void A_grant_that_happened_before_every_refusal_changes_nothing_for_a_customer_who_refused() =>
        Prop.ForAll((from events in Ledgers.InOrder from place in Ledgers.Place select (events, place)).ToArbitrary(), asked =>
        {
            ConsentView before = Ledgers.View(asked.events);
            ConsentEvent old = Ledgers.Entry(ConsentState.Granted, asked.place.Channel, asked.place.Topic) with { At = Ledgers.Start.AddYears(-1) };
            ConsentView after = Ledgers.View([.. asked.events, old]);
            ConsentState state = before.StateOf(asked.place.Channel, asked.place.Topic);
            return state < ConsentState.Denied || after.StateOf(asked.place.Channel, asked.place.Topic) == state;
        }).Holds();

    [Fact]
    public void Without_events_nothing_is_known_and_only_an_opt_out_rule_is_content()
    {
        ConsentView view = Ledgers.View();

        Assert.Equal(ConsentState.Unknown, view.StateOf(ChannelId.Email, "offers"));
        Assert.All(Needs, need => Assert.Equal(need == ConsentNeed.OptOut, view.Resolve(ConsentPurpose.Marketing, ChannelId.Email, "offers", ConsentTwin.Question(need, false)).IsSufficient));
    }

    [Fact]
    public void A_later_grant_lifts_a_refusal_at_its_own_place_and_not_one_above()
    {
        ConsentEvent denied = Ledgers.Entry(ConsentState.Denied, ChannelId.Email);

        Assert.Equal(ConsentState.Granted, Ledgers.ViewInOrder(denied, Ledgers.Entry(ConsentState.Granted, ChannelId.Email)).StateOf(ChannelId.Email, "offers"));
        Assert.Equal(ConsentState.Denied, Ledgers.ViewInOrder(denied, Ledgers.Entry(ConsentState.Granted, ChannelId.Email, "offers")).StateOf(ChannelId.Email, "offers"));
        Assert.Equal(ConsentState.Denied, Ledgers.ViewInOrder(denied, Ledgers.Entry(ConsentState.Granted)).StateOf(ChannelId.Email, "offers"));
    }

    [Fact]
    public void A_refusal_reaches_down_the_tree_and_nowhere_else()
    {
        ConsentView view = Ledgers.ViewInOrder(Ledgers.Entry(ConsentState.Granted), Ledgers.Entry(ConsentState.Withdrawn, ChannelId.Email, "offers/shoes"));

        Assert.Equal(ConsentState.Withdrawn, view.StateOf(ChannelId.Email, "offers/shoes/red"));
        Assert.Equal(ConsentState.Granted, view.StateOf(ChannelId.Email, "offers/shoesandmore"));
        Assert.Equal(ConsentState.Granted, view.StateOf(ChannelId.Email, "offers"));
        Assert.Equal(ConsentState.Granted, view.StateOf(ChannelId.Sms, "offers/shoes"));
    }

    [Fact]
    public void A_topic_refused_on_every_channel_is_refused_on_each()
    {
        ConsentView view = Ledgers.ViewInOrder(Ledgers.Entry(ConsentState.Granted, ChannelId.Sms, "offers"), Ledgers.Entry(ConsentState.Denied, default, "offers"));

        Assert.Equal(ConsentState.Denied, view.StateOf(ChannelId.Sms, "offers"));
        Assert.Equal(ConsentState.Denied, view.StateOf(new ChannelId("my-own"), "Offers / shoes/"));
    }

    [Fact]
    public void A_suppression_outlives_grants_and_is_lifted_only_as_such()
    {
        ConsentEvent granted = Ledgers.Entry(ConsentState.Granted, ChannelId.Email);
        ConsentEvent bounced = Ledgers.Entry(ConsentState.Suppressed, ChannelId.Email);
        ConsentEvent lifted = Ledgers.Entry(ConsentState.Unknown, ChannelId.Email);

        Assert.Equal(ConsentState.Suppressed, Ledgers.ViewInOrder(granted, bounced, granted).StateOf(ChannelId.Email));
        Assert.Equal(ConsentState.Unknown, Ledgers.ViewInOrder(granted, bounced, lifted).StateOf(ChannelId.Email));
        Assert.Equal(ConsentState.Granted, Ledgers.ViewInOrder(granted, bounced, granted, lifted).StateOf(ChannelId.Email));
        Assert.Equal(ConsentState.Withdrawn, Ledgers.ViewInOrder(Ledgers.Entry(ConsentState.Withdrawn, ChannelId.Email), bounced, lifted).StateOf(ChannelId.Email));
    }

    [Theory]
    [InlineData(true, -1, ConsentState.Unknown)]
    [InlineData(true, 0, ConsentState.Granted)]
    [InlineData(false, -1, ConsentState.Unknown)]
    [InlineData(false, 0, ConsentState.Granted)]
    public void A_grant_that_happened_before_a_suppression_is_gone_although_it_is_appended_later(bool isBeforeLifting, int minutes, ConsentState state)
    {
        DateTimeOffset at = Ledgers.Start.AddHours(1);
        ConsentEvent suppression = Ledgers.Entry(ConsentState.Suppressed, ChannelId.Email) with { At = at };
        ConsentEvent lifting = Ledgers.Entry(ConsentState.Unknown, ChannelId.Email) with { At = at.AddHours(1) };
        ConsentEvent grant = Ledgers.Entry(ConsentState.Granted, ChannelId.Email) with { At = at.AddMinutes(minutes) };

        ConsentView view = isBeforeLifting ? Ledgers.View(suppression, grant, lifting) : Ledgers.View(suppression, lifting, grant);

        Assert.Equal(state, view.StateOf(ChannelId.Email));
    }

    [Fact]
    public void A_sale_from_before_a_suppression_is_gone_although_it_is_appended_later()
    {
        ConsentEvent suppression = Ledgers.Entry(ConsentState.Suppressed, ChannelId.Email) with { At = Ledgers.Start.AddHours(1) };
        ConsentEvent lifting = Ledgers.Entry(ConsentState.Unknown, ChannelId.Email) with { At = Ledgers.Start.AddHours(2) };
        ConsentEvent sale = Ledgers.Entry(ConsentState.SoftOptIn, ChannelId.Email) with { Sale = Ledgers.Sale };

        Assert.Equal(ConsentState.Unknown, Ledgers.View(suppression, sale, lifting).StateOf(ChannelId.Email));
        Assert.Equal(ConsentState.SoftOptIn, Ledgers.View(suppression, sale with { At = suppression.At }, lifting).StateOf(ChannelId.Email));
    }

    [Fact]
    public void A_lifting_that_happened_before_the_suppression_lifts_nothing()
    {
        ConsentEvent bounced = Ledgers.Entry(ConsentState.Suppressed, ChannelId.Email);
        ConsentEvent lifted = Ledgers.Entry(ConsentState.Unknown, ChannelId.Email);

        Assert.Equal(ConsentState.Suppressed, Ledgers.View(bounced, lifted with { At = Ledgers.Start.AddTicks(-1) }).StateOf(ChannelId.Email));
        Assert.Equal(ConsentState.Suppressed, Ledgers.View(bounced with { At = Ledgers.Start.AddHours(2) }, bounced, lifted with { At = Ledgers.Start.AddHours(1) }).StateOf(ChannelId.Email));
        Assert.Equal(ConsentState.Unknown, Ledgers.View(bounced, lifted).StateOf(ChannelId.Email));
    }

    [Fact]
    public void A_double_opt_in_that_nobody_confirmed_takes_nothing_from_a_grant_and_lifts_no_refusal()
    {
        ConsentEvent asked = Ledgers.Entry(ConsentState.Pending, ChannelId.Email) with { TokenHash = "h" };

        Assert.Equal(ConsentState.Pending, Ledgers.ViewInOrder(asked).StateOf(ChannelId.Email));
        Assert.Equal(ConsentState.Granted, Ledgers.ViewInOrder(Ledgers.Entry(ConsentState.Granted, ChannelId.Email), asked).StateOf(ChannelId.Email));
        Assert.Equal(ConsentState.Withdrawn, Ledgers.ViewInOrder(Ledgers.Entry(ConsentState.Withdrawn, ChannelId.Email), asked).StateOf(ChannelId.Email));
    }

    [Fact]
    public void A_sale_lifts_no_refusal_and_counts_only_with_all_its_facts()
    {
        ConsentEvent sold = Ledgers.Entry(ConsentState.SoftOptIn, ChannelId.Email) with { Sale = Ledgers.Sale };
        ConsentState Of(SaleEvidence? sale) => Ledgers.View(sold with { Sale = sale }).StateOf(ChannelId.Email);

        Assert.Equal(ConsentState.SoftOptIn, Of(Ledgers.Sale));
        Assert.Equal(ConsentState.Unknown, Of(null));
        Assert.Equal(ConsentState.Unknown, Of(Ledgers.Sale with { SaleAt = default }));
        Assert.Equal(ConsentState.Unknown, Of(Ledgers.Sale with { SellerId = " " }));
        Assert.Equal(ConsentState.Unknown, Of(Ledgers.Sale with { SellerId = null! }));
        Assert.Equal(ConsentState.Unknown, Of(Ledgers.Sale with { Category = "" }));
        Assert.Equal(ConsentState.Unknown, Of(Ledgers.Sale with { ObjectionOffered = false }));
        Assert.Equal(ConsentState.Denied, Ledgers.ViewInOrder(Ledgers.Entry(ConsentState.Denied, ChannelId.Email), sold).StateOf(ChannelId.Email));
    }

    [Fact]
    public void An_event_of_a_state_or_purpose_that_is_not_known_counts_against_sending()
    {
        ConsentEvent granted = Ledgers.Entry(ConsentState.Granted, ChannelId.Email);

        Assert.Equal(ConsentState.Withdrawn, Ledgers.ViewInOrder(granted, Ledgers.Entry((ConsentState)99, ChannelId.Email)).StateOf(ChannelId.Email));
        Assert.Equal(ConsentState.Denied, Ledgers.ViewInOrder(granted, Ledgers.Entry(ConsentState.Denied, ChannelId.Email, purpose: (ConsentPurpose)9)).StateOf(ChannelId.Email));
        Assert.Equal(ConsentState.Unknown, Ledgers.ViewInOrder(Ledgers.Entry(ConsentState.Granted, ChannelId.Email, purpose: (ConsentPurpose)9)).StateOf(ChannelId.Email));
    }

    [Fact]
    public void Personalization_and_marketing_are_separate()
    {
        ConsentView view = Ledgers.ViewInOrder(Ledgers.Entry(ConsentState.Granted), Ledgers.Entry(ConsentState.Withdrawn, purpose: ConsentPurpose.Personalization));

        Assert.Equal(ConsentState.Granted, view.StateOf(ChannelId.Email));
        Assert.Equal(ConsentState.Withdrawn, view.StateOf(default, purpose: ConsentPurpose.Personalization));
    }

    [Fact]
    public void An_erased_customer_is_suppressed_everywhere()
    {
        var view = new ConsentView(new ConsentRecord(3, [], true));

        Assert.True(view.IsErased);
        Assert.Equal(ConsentState.Suppressed, view.StateOf(ChannelId.Email, "offers"));
        Assert.False(view.Resolve(ConsentPurpose.Marketing, ChannelId.Email, "", new ConsentQuestion(ConsentNeed.OptOut)).IsSufficient);
    }

    [Fact]
    public void Resolving_allocates_nothing()
    {
        ConsentView view = Ledgers.ViewInOrder(
            [.. Ledgers.Topics.SelectMany(topic => Ledgers.Channels.Select(channel => Ledgers.Entry(ConsentState.SoftOptIn, channel, topic) with { Sale = Ledgers.Sale }))]);
        ConsentQuestion question = ConsentTwin.Question(ConsentNeed.SoftOptIn, false);
        bool sufficient = false;
        for (int i = 0; i < 100; i++)
        {
            sufficient = view.Resolve(ConsentPurpose.Marketing, ChannelId.Email, "offers/shoes/red", question).IsSufficient;
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        view.Resolve(ConsentPurpose.Marketing, ChannelId.Email, "offers/shoes/red", question);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(sufficient);
    }
}
