using FsCheck.Fluent;
using PromoRec.Consent;
using PromoRec.Tests.Properties;

namespace PromoRec.Tests.Consent;

public class TopicPathTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("offers/shoes", "offers/shoes")]
    [InlineData("Offers/SHOES", "offers/shoes")]
    [InlineData("/offers//shoes/", "offers/shoes")]
    [InlineData(" offers / shoes ", "offers/shoes")]
    [InlineData("//", "")]
    [InlineData("  ", "")]
    [InlineData("summer sale", "summer sale")]
    [InlineData("ÄPFEL", "äpfel")]
    public void A_topic_has_one_form(string topic, string canonical)
    {
        Assert.Equal(canonical, TopicPath.Canonical(topic));
        Assert.Equal(canonical, Ledgers.Entry(ConsentState.Granted, topic: topic).Topic);
        Assert.Equal(topic == canonical, TopicPath.IsCanonical(topic));
    }

    [Fact]
    public void The_canonical_form_is_canonical_and_stays_as_it_is() =>
        Prop.ForAll(Gen.Elements('a', 'B', '/', ' ', '\t', '1').ArrayOf().Select(characters => new string(characters)).ToArbitrary(), topic =>
        {
            string canonical = TopicPath.Canonical(topic);
            return TopicPath.IsCanonical(canonical) && ReferenceEquals(canonical, TopicPath.Canonical(canonical)) && TopicPath.IsCanonical(topic) == (topic == canonical);
        }).Holds();

    [Fact]
    public void A_path_leads_through_every_topic_above()
    {
        List<string> parts = [];
        const string Topic = "a/bc/d";
        for (int length = 0; length >= 0; length = TopicPath.NextLength(Topic, length))
        {
            parts.Add(Topic[..length]);
        }

        Assert.Equal(["", "a", "a/bc", "a/bc/d"], parts);
        Assert.Equal(-1, TopicPath.NextLength("", 0));
    }

    [Fact]
    public void A_topic_that_is_too_long_is_refused() =>
        Assert.Contains("200", Assert.Throws<ArgumentException>(() => TopicPath.Canonical(new string('a', 201))).Message, StringComparison.Ordinal);
}
