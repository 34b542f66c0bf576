namespace PromoRec.Cli.Reading;

/// <summary>An offer as an offers file says how it is pushed.</summary>
/// <param name="Offer">The offer.</param>
/// <param name="Campaign">The campaign it belongs to.</param>
/// <param name="Category">The category that caps count it under.</param>
/// <param name="Topic">The topic that customers may leave.</param>
/// <param name="Channels">The channels it goes over, in order of preference; empty for all.</param>
/// <param name="Priority">Higher goes first.</param>
internal sealed record PushOffer(Offer Offer, string Campaign, string Category, string Topic, IReadOnlyList<ChannelId> Channels, int Priority)
{
    /// <summary>Reads what stands beside an offer.</summary>
    public static PushOffer Of(Offer offer, RowFields row, ChannelNames channels) => new(
        offer,
        row.Text(OfferReader.Campaign) ?? string.Empty,
        row.Text(OfferReader.Category) ?? string.Empty,
        row.Topic(OfferReader.Topic) ?? string.Empty,
        [.. row.List(OfferReader.Channels).Select(name => row.Channel(OfferReader.Channels, name, channels))],
        row.Whole(OfferReader.Priority) ?? 0);
}
