using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PromoRec.Consent;
using PromoRec.Tests.Properties;

namespace PromoRec.Tests.Consent;

public class ConsentEventCodecTests
{
    private static readonly ConsentEvent Full = new()
    {
        EventId = "e\u0000\"1\"",
        At = new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.FromHours(5.5)).AddTicks(1234567),
        State = ConsentState.SoftOptIn,
        Purpose = ConsentPurpose.Personalization,
        Channel = ChannelId.Sms,
        Topic = "offers/shoes",
        Basis = LegalBasis.ExistingCustomer,
        TextVersion = "v3 ü 退订",
        TextHash = "abc",
        Source = "checkout",
        Actor = "agent",
        Jurisdiction = "DE",
        Sale = new SaleEvidence(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), "shop", "shoes", true),
        TokenHash = "t",
        EncryptedIp = "ip",
    };

    [Fact]
    public void Every_property_comes_back_to_the_tick() => Assert.Equal(Full, ConsentEventCodec.Read(ConsentEventCodec.Write(Full)));

    [Fact]
    public void What_is_unset_takes_no_room()
    {
        ConsentEvent least = new() { EventId = "e", At = DateTimeOffset.UnixEpoch, State = ConsentState.Granted };

        byte[] json = ConsentEventCodec.Write(least);

        Assert.Equal("""{"id":"e","at":"1970-01-01T00:00:00+00:00","state":2}""", Encoding.UTF8.GetString(json));
        Assert.Equal(least, ConsentEventCodec.Read(json));
    }

    [Fact]
    public void Any_texts_come_back_and_the_bytes_are_ascii() =>
        Prop.ForAll<NonNull<string>, NonNull<string>>((id, source) =>
        {
            ConsentEvent written = Full with { EventId = "e" + Valid(id.Get), Source = Valid(source.Get) };
            byte[] json = ConsentEventCodec.Write(written);
            return Ascii.IsValid(json) && ConsentEventCodec.Read(json) == written;
        }).Holds();

    [Theory]
    [InlineData("""{"id":"e","at":"1970-01-01T00:00:00+00:00","state":7}""")]
    [InlineData("""{"id":"e","at":"1970-01-01T00:00:00+00:00","state":2,"basis":6}""")]
    [InlineData("""{"id":"e","at":"1970-01-01T00:00:00+00:00","state":2,"validUntil":"x"}""")]
    public void What_a_later_version_wrote_is_refused(string json)
    {
        LedgerUnavailableException refused = Assert.Throws<LedgerUnavailableException>(() => ConsentEventCodec.Read(Encoding.UTF8.GetBytes(json)));

        Assert.Equal(LedgerFault.IncompatibleSchema, refused.Fault);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"id":"e","state":2}""")]
    [InlineData("""{"at":"1970-01-01T00:00:00+00:00","state":2}""")]
    [InlineData("""{"id":"e","at":"yesterday","state":2}""")]
    [InlineData("""{"id":7,"at":"1970-01-01T00:00:00+00:00","state":2}""")]
    [InlineData("""{"id":"e","at":"1970-01-01T00:00:00+00:00","state":"2"}""")]
    [InlineData("""{"id":"e","at":"1970-01-01T00:00:00+00:00","state":2,"sale":1}""")]
    [InlineData("""{"id":"e","at":"1970-01-01T00:00:00+00:00","state":2,"channel":"no channel"}""")]
    public void What_is_no_event_is_refused(string json)
    {
        LedgerUnavailableException refused = Assert.Throws<LedgerUnavailableException>(() => ConsentEventCodec.Read(Encoding.UTF8.GetBytes(json)));

        Assert.Equal(LedgerFault.Corrupt, refused.Fault);
    }

    [Fact]
    public void Every_cut_is_refused()
    {
        byte[] json = ConsentEventCodec.Write(Full);
        for (int length = 0; length < json.Length; length++)
        {
            Assert.Equal(LedgerFault.Corrupt, Assert.Throws<LedgerUnavailableException>(() => ConsentEventCodec.Read(json.AsSpan(0, length))).Fault);
        }
    }

    // A half of a surrogate pair is no text, and becomes another character wherever it is encoded.
    private static string Valid(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
