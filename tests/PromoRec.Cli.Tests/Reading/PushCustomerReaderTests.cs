using PromoRec.Cli.Reading;
using PromoRec.Consent;
using PromoRec.Push;

namespace PromoRec.Cli.Tests.Reading;

public sealed class PushCustomerReaderTests : IDisposable
{
    private static readonly ChannelNames Channels = new([new ChannelId("kiosk")]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Everything_that_policies_look_at_is_read()
    {
        CustomerRow row = Assert.Single(Read(
            "user,segments,country,region,time_zone,device_zone,inferred_zone,inferred_zone_confidence,channels,permission,snoozed_until,guest,latitude,longitude,redeemed,dismissed\n"
            + "c1,vip|new,US,FL,America/New_York,America/Chicago,Europe/Berlin,0.7,push|KIOSK,yes,2026-03-02T10:00:00Z,no,27.9,-82.5,a@2026-03-01|b@1772366400,c@d@2026-03-01\n"));

        PushCustomer customer = row.Customer;
        Assert.Equal(("US", "FL", "America/New_York", "America/Chicago"), (customer.Country, customer.Region, customer.ProfileZone, customer.DeviceZone));
        Assert.Equal(("Europe/Berlin", 0.7), (customer.InferredZone, customer.InferredZoneConfidence));
        Assert.Equal(["vip", "new"], customer.Segments);
        Assert.Equal([ChannelId.AppPush, new ChannelId("kiosk")], customer.Reachable);
        Assert.Equal((true, false, new GeoPoint(27.9, -82.5)), (customer.NotificationsPermitted, customer.IsGuest, customer.Location));
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero), customer.SnoozedUntil);
        Assert.Equal(["Redeemed a", "Redeemed b", "Dismissed c@d"], customer.Facts.Select(fact => $"{fact.Kind} {fact.Offer}"));
        Assert.True(row.SaysReachable);
    }

    [Fact]
    public void What_is_not_said_is_not_known()
    {
        CustomerRow row = Assert.Single(Read("user\nc1\n"));

        Assert.False(row.SaysReachable);
        Assert.Empty(row.Consents);
        Assert.Equal(new PushCustomer { UserId = "c1" }.ToString(), row.Customer.ToString());
    }

    [Theory]
    [InlineData("granted", "email", "", ConsentState.Granted)]
    [InlineData("written", "email", "", ConsentState.Granted)]
    [InlineData("confirmed", "email", "", ConsentState.Granted)]
    [InlineData("pending", "email", "", ConsentState.Pending)]
    [InlineData("denied", "email", "", ConsentState.Denied)]
    [InlineData("withdrawn", "email", "", ConsentState.Withdrawn)]
    [InlineData("Suppressed", "email", "", ConsentState.Suppressed)]
    [InlineData("unknown", "email", "", ConsentState.Unknown)]
    public void A_state_of_consent_is_what_a_shop_would_have_recorded(string word, string channel, string topic, ConsentState expected)
    {
        foreach (string text in new[] { $"user,consents\nc1,{channel}={word}\n", $"user,consent_{channel}\nc1,{word}\n" })
        {
            ConsentView view = ViewOf(text);
            Assert.Equal(expected, view.StateOf(new ChannelId(channel), topic));
            Assert.Equal(ConsentState.Unknown, view.StateOf(ChannelId.Sms));
        }
    }

    [Fact]
    public void Consent_may_be_for_a_topic_for_every_channel_or_for_a_channel_of_the_shop()
    {
        ConsentView view = ViewOf("user,consents,consent_kiosk\nc1,sms:Offers/Shoes=written|email|*:news=denied,granted\n");

        Assert.Equal(ConsentState.Granted, view.StateOf(ChannelId.Sms, "offers/shoes"));
        Assert.Equal(ConsentState.Unknown, view.StateOf(ChannelId.Sms, "offers"));
        Assert.Equal(ConsentState.Granted, view.StateOf(ChannelId.Email));
        Assert.Equal(ConsentState.Denied, view.StateOf(ChannelId.Email, "news"));
        Assert.Equal(ConsentState.Granted, view.StateOf(new ChannelId("kiosk")));
    }

    [Theory]
    [InlineData("country\nUS\n", "the header needs the column 'user'.")]
    [InlineData("user\n", "there are no customers in the file. Expected a row for each customer.")]
    [InlineData("user\nc1\nc1\n", "line 3, column 'user': the customer stands in line 2 already. Give every customer one row.")]
    [InlineData("user,channels\nc1,fax\n", "column 'channels': there is no channel 'fax'. The channels are push, email, sms, wechat, in-app, kiosk;")]
    [InlineData("user,permission\nc1,maybe\n", "column 'permission': 'maybe' is neither true nor false. Expected true, false, yes, no, 1 or 0.")]
    [InlineData("user,latitude\nc1,1\n", "column 'longitude': latitude and longitude belong together. Give both, or none.")]
    [InlineData("user,latitude,longitude\nc1,91,0\n", "column 'latitude': '91' is not a number from -90 to 90.")]
    [InlineData("user,inferred_zone_confidence\nc1,80\n", "column 'inferred_zone_confidence': '80' is not a number from 0 to 1.")]
    [InlineData("user,consents\nc1,email=grnted\n", "column 'consents': 'grnted' is not a state of consent. Did you mean 'granted'? The states are granted, written, confirmed,")]
    [InlineData("user,consents\nc1,fax=granted\n", "column 'consents': there is no channel 'fax'.")]
    [InlineData("user,consent_email\nc1,yes\n", "column 'consent_email': 'yes' is not a state of consent.")]
    [InlineData("user,consent_fax\nc1,granted\n", "there is no column 'consent_fax' in a file of customers.")]
    [InlineData("user,country\nc1,USA\n", "line 2, column 'country': 'USA' is not a country. Did you mean 'US'? Expected two letters of ISO 3166-1, such as DE.")]
    [InlineData("user,country\nc1,ZZ\n", "column 'country': 'ZZ' is not a country.")]
    [InlineData("user,time_zone\nc1,Europe/Berln\n", "column 'time_zone': there is no time zone 'Europe/Berln' on this machine. Did you mean 'Europe/Berlin'?")]
    [InlineData("user,device_zone\nc1,Mars\n", "column 'device_zone': there is no time zone 'Mars' on this machine.")]
    [InlineData("id,country\nc1,DE\n", "line 1: the header needs the column 'user', and there is no column 'id' in a file of customers. The columns are user, segments, country,")]
    [InlineData("user,redeemed\nc1,offer\n", "column 'redeemed': 'offer' does not say which offer and when. Expected OFFER@TIME, such as spring-15@2026-03-01T18:30:00Z")]
    [InlineData("user,snoozed_until\nc1,soon\n", "column 'snoozed_until': 'soon' is not a time.")]
    public void A_bad_file_is_refused_at_its_place(string text, string message) =>
        Assert.Contains(message, Assert.Throws<InputException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Columns_that_only_a_simulation_writes_are_not_offered_to_anybody()
    {
        string message = Assert.Throws<InputException>(() => Read("id\nc1\n")).Message;

        Assert.EndsWith("consent_in-app, consent_kiosk.", message, StringComparison.Ordinal);
        Assert.Single(Read("user,opt_out_tendency\nc1,0.5\n"));
    }

    private ConsentView ViewOf(string text)
    {
        CustomerRow row = Assert.Single(Read(text));
        return new ConsentView(new ConsentRecord(row.Consents.Length, row.Consents, false));
    }

    private List<CustomerRow> Read(string text) =>
        PushCustomerReader.Read(_folder.Write("customers.csv", text), Channels, TimeZoneInfo.Utc, new BadRows(0, _ => { }), TestContext.Current.CancellationToken);
}
