using PromoRec.Interactions;
using PromoRec.Profiles;

namespace PromoRec.Tests.Profiles;

public class HabitTests
{
    [Theory]
    [InlineData("UTC", "2026-01-15T08:30:00Z", 8)]
    [InlineData("Europe/Vienna", "2026-01-15T08:30:00Z", 9)]
    [InlineData("Europe/Vienna", "2026-02-15T23:30:00+05:00", 19)]
    [InlineData("Asia/Kolkata", "2026-01-15T20:00:00Z", 1)]
    [InlineData("Pacific/Auckland", "2026-01-15T11:59:59Z", 0)]
    public void An_event_falls_into_the_hour_of_the_customers_zone(string zone, string at, int hour)
    {
        ProfileShop shop = new ProfileShop(options => options.ZoneOf = userId => userId == "ann" ? zone : null)
            .With(new Interaction("ann", (ItemId)0, InteractionKind.Purchase, DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)));

        Assert.Equal(hour, shop.Ann.Hours.ToList().IndexOf(shop.Ann.Hours.Max()));
        Assert.Equal(1, shop.Ann.Hours.Sum(), 1e-12);
    }

    [Theory]
    [InlineData("2026-03-29T00:59:00Z", 1)]
    [InlineData("2026-03-29T01:00:00Z", 3)]
    [InlineData("2026-10-25T00:30:00Z", 2)]
    [InlineData("2026-10-25T01:30:00Z", 2)]
    public void Changes_of_the_clock_are_followed(string at, int hour)
    {
        ProfileShop shop = new ProfileShop(options => options.TimeZone = "Europe/Vienna")
            .With(new Interaction("ann", (ItemId)0, InteractionKind.Purchase, DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)));
        shop.Time.Now = ProfileShop.Noon.AddYears(1);

        Assert.Equal(hour, shop.Ann.Hours.ToList().IndexOf(shop.Ann.Hours.Max()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Nowhere/Atlantis")]
    public void A_zone_that_nobody_knows_is_that_of_the_shop(string? zone)
    {
        ProfileShop shop = new ProfileShop(options => (options.TimeZone, options.ZoneOf) = ("Asia/Tokyo", _ => zone)).With(ProfileShop.Purchase(0));

        Assert.Equal(21, shop.Ann.Hours.ToList().IndexOf(shop.Ann.Hours.Max()));
    }

    [Fact]
    public void Hours_are_smoothed_round_the_clock_and_towards_all_alike()
    {
        ProfileShop shop = new ProfileShop(options => options.HourPriorEvents = 2.4).With(ProfileShop.Purchase(0, 0.5) with { Value = 10 });

        double decay = Math.Pow(0.5, 0.05);
        Assert.Equal(((0.5 * decay) + 0.1) / (decay + 2.4), Share(0), 1e-14);
        Assert.Equal(((0.25 * decay) + 0.1) / (decay + 2.4), Share(23), 1e-14);
        Assert.Equal(((0.25 * decay) + 0.1) / (decay + 2.4), Share(1), 1e-14);
        Assert.Equal(0.1 / (decay + 2.4), Share(12), 1e-14);

        double Share(int hour) => shop.Ann.Hours[hour];
    }

    [Fact]
    public void What_is_shown_to_a_customer_says_nothing_of_their_hours()
    {
        ProfileShop shop = new ProfileShop().With(ProfileShop.Purchase(0), new Interaction("ann", (ItemId)0, InteractionKind.Impression, ProfileShop.Noon.AddHours(-6)));

        Assert.Equal((1, 12), (shop.Ann.Events, shop.Ann.Hours.ToList().IndexOf(shop.Ann.Hours.Max())));
    }

    [Fact]
    public void Channels_share_what_the_customer_does_and_the_most_used_comes_first()
    {
        ProfileShop shop = new ProfileShop().With(
            Over(ChannelId.Email, 10), Over(ChannelId.Sms, 10), Over(ChannelId.AppPush, 0), Over(default, 0),
            new Interaction("ann", (ItemId)0, InteractionKind.Dismiss, ProfileShop.Noon) { Details = new InteractionDetails { Channel = ChannelId.WeChat } });

        Assert.Equal([new ChannelShare(ChannelId.AppPush, 0.5), new ChannelShare(ChannelId.Email, 0.25), new ChannelShare(ChannelId.Sms, 0.25)], shop.Ann.Channels);

        Interaction Over(ChannelId channel, double daysAgo) => ProfileShop.Purchase(0, daysAgo) with { Details = new InteractionDetails { Channel = channel } };
    }

    [Fact]
    public void Where_everything_has_faded_away_there_are_no_channels_and_no_hour_is_preferred()
    {
        ProfileShop shop = new ProfileShop(options => options.HalfLife = TimeSpan.FromMinutes(1))
            .With(ProfileShop.Purchase(0, 10) with { Details = new InteractionDetails { Channel = ChannelId.Email } });

        Assert.Empty(shop.Ann.Channels);
        Assert.Empty(shop.Ann.Categories);
        Assert.Single(shop.Ann.Hours.Distinct());
    }
}
