using System.Collections.Immutable;
using PromoRec.Consent;
using PromoRec.Push.Ledger;

namespace PromoRec.Push;

/// <summary>The labels under which pushes stand in a ledger.</summary>
internal static class PushLabels
{
    private static readonly ulong ChannelKind = LedgerLabel.SeedOf("channel");
    private static readonly ulong CampaignKind = LedgerLabel.SeedOf("campaign");
    private static readonly ulong CategoryKind = LedgerLabel.SeedOf("category");
    private static readonly ulong OfferKind = LedgerLabel.SeedOf("offer");
    private static readonly ulong TopicKind = LedgerLabel.SeedOf("topic");
    private static readonly ulong ContentKind = LedgerLabel.SeedOf("content");
    private static readonly ulong NaturalKind = LedgerLabel.SeedOf("natural");

    /// <summary>Every push that caps count has it, so that a cap without any other scope counts them all. A further step of a dispatch has it not.</summary>
    public static LedgerLabel Counted { get; } = LedgerLabel.Of("counted", "");

    /// <summary>Every push that caps of a channel count has it, also a further step of a dispatch.</summary>
    public static LedgerLabel CountedInChannel { get; } = LedgerLabel.Of("counted-in-channel", "");

    /// <summary>Every promotional push has it, counted or not, so that a withdrawal finds them.</summary>
    public static LedgerLabel Promotional { get; } = LedgerLabel.Of("promotional", "");

    /// <summary>Every promotional push that goes out to the customer has it, counted or not, so that nobody is sent the same twice.</summary>
    public static LedgerLabel Outbound { get; } = LedgerLabel.Of("outbound", "");

    public static LedgerLabel Channel(ChannelId channel) => LedgerLabel.Of(ChannelKind, channel.ToString());

    public static LedgerLabel Campaign(string campaign) => LedgerLabel.Of(CampaignKind, campaign);

    public static LedgerLabel Category(string category) => LedgerLabel.Of(CategoryKind, category);

    public static LedgerLabel Offer(OfferId offer) => LedgerLabel.Of(OfferKind, offer.Value.AsText(stackalloc char[IdValue.MaxNumberLength]));

    /// <summary>A push carries one for its topic and one for each topic above it.</summary>
    public static LedgerLabel Topic(ReadOnlySpan<char> path) => LedgerLabel.Of(TopicKind, path);

    public static LedgerLabel Key(string name, string value) => Key(KindOfKey(name), value);

    public static LedgerLabel Key(ulong kind, string value) => LedgerLabel.Of(kind, value);

    /// <summary>What a policy keeps that counts by a key, so that it need not be computed again.</summary>
    public static ulong KindOfKey(string name) => LedgerLabel.SeedOf($"key:{name}");

    public static LedgerLabel Content(string hash) => LedgerLabel.Of(ContentKind, hash);

    /// <summary>The label of a request's <see cref="NaturalKey"/>.</summary>
    public static LedgerLabel Natural(UInt128 key)
    {
        Span<char> text = stackalloc char[32];
        key.TryFormat(text, out int written, "x32");
        return LedgerLabel.Of(NaturalKind, text[..written]);
    }

    /// <summary>All that later pushes and withdrawals can find a push by.</summary>
    public static ImmutableArray<LedgerLabel> Of(PushRequest request)
    {
        ImmutableArray<LedgerLabel>.Builder labels = ImmutableArray.CreateBuilder<LedgerLabel>();
        AddRoles(request, labels);
        labels.Add(Channel(request.Channel));
        labels.Add(Offer(request.Offer.Id));
        if (request.Campaign.Length > 0)
        {
            labels.Add(Campaign(request.Campaign));
        }

        if (request.Category.Length > 0)
        {
            labels.Add(Category(request.Category));
        }

        AddTopics(request.Topic, labels);
        foreach ((string name, string value) in request.Keys)
        {
            labels.Add(Key(name, value));
        }

        return labels.DrainToImmutable();
    }

    /// <summary>What is unique to a push, so that it is remembered for a while only.</summary>
    public static ImmutableArray<LedgerLabel> ShortOf(PushRequest request)
    {
        LedgerLabel natural = Natural(NaturalKey.Of(request));
        return request.ContentHash is { Length: > 0 } hash ? [natural, Content(hash)] : [natural];
    }

    private static void AddRoles(PushRequest request, ImmutableArray<LedgerLabel>.Builder labels)
    {
        if (request.Class == MessageClass.Promotional)
        {
            labels.Add(Promotional);
        }

        if (request.IsOutboundPromotion)
        {
            labels.Add(Outbound);
        }

        if (request.IsCounted)
        {
            labels.Add(CountedInChannel);
        }

        if (request is { IsCounted: true, IsFollowUp: false })
        {
            labels.Add(Counted);
        }
    }

    private static void AddTopics(string topic, ImmutableArray<LedgerLabel>.Builder labels)
    {
        for (int length = TopicPath.NextLength(topic, 0); length > 0; length = TopicPath.NextLength(topic, length))
        {
            labels.Add(Topic(topic.AsSpan(0, length)));
        }
    }
}
