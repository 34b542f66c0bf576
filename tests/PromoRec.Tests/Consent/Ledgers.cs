using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using PromoRec.Consent;

namespace PromoRec.Tests.Consent;

/// <summary>Consent ledgers for tests: written by hand, and random ones over a small tree, so that nodes meet often.</summary>
internal static class Ledgers
{
    public static readonly DateTimeOffset Start = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);

    public static readonly ChannelId[] Channels = [default, ChannelId.Email, ChannelId.Sms];

    public static readonly string[] Topics = ["", "offers", "offers/shoes", "offers/shoes/red", "offersx", "news"];

    public static readonly SaleEvidence Sale = new(Start.AddDays(-3), "shop", "shoes", true);

    /// <summary>Events an hour apart, in the order in which they are appended.</summary>
    public static Gen<ConsentEvent[]> InOrder { get; } =
        from events in Event().ArrayOf()
        select events.Select((entry, i) => entry with { EventId = Id(i), At = Start.AddHours(i) }).ToArray();

    /// <summary>Events whose times contradict the order in which they were appended.</summary>
    public static Gen<ConsentEvent[]> OutOfOrder { get; } =
        from events in (from entry in Event() from hour in Gen.Choose(0, 6) select entry with { At = Start.AddHours(hour) }).ArrayOf()
        select events.Select((entry, i) => entry with { EventId = Id(i) }).ToArray();

    public static Gen<(ChannelId Channel, string Topic)> Place { get; } = from channel in Gen.Elements(Channels) from topic in Gen.Elements(Topics) select (channel, topic);

    public static ConsentEvent Entry(ConsentState state, ChannelId channel = default, string topic = "", ConsentPurpose purpose = ConsentPurpose.Marketing) => new()
    {
        EventId = Guid.NewGuid().ToString("N"),
        At = Start,
        State = state,
        Channel = channel,
        Topic = topic,
        Purpose = purpose,
    };

    public static ConsentView View(params ConsentEvent[] events) => new(new ConsentRecord(events.Length, [.. events], false));

    /// <summary>A view of events an hour apart.</summary>
    public static ConsentView ViewInOrder(params ConsentEvent[] events) => View([.. events.Select((entry, i) => entry with { At = Start.AddHours(i) })]);

    private static string Id(int i) => i.ToString(CultureInfo.InvariantCulture);

    private static Gen<ConsentEvent> Event() =>
        from state in Gen.Elements(Enum.GetValues<ConsentState>())
        from place in Place
        from purpose in Gen.Elements(ConsentPurpose.Marketing, ConsentPurpose.Marketing, ConsentPurpose.Marketing, ConsentPurpose.Personalization)
        from token in Gen.Elements(null, "", "a", "b")
        from text in Gen.Elements(null, "v1")
        from sale in Gen.Elements(null, Sale, Sale with { ObjectionOffered = false }, Sale with { SellerId = "other" })
        select Entry(state, place.Channel, place.Topic, purpose) with { TokenHash = token, TextVersion = text, Sale = sale };
}
