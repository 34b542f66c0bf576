using PromoRec.Push.Ledger;

namespace PromoRec.Push;

/// <summary>The labels under which pushes stand in a ledger.</summary>
internal static class PushLabels
{
    /// <summary>Every push that caps count has it, so that a cap without any other scope counts them all.</summary>
    public static LedgerLabel Counted { get; } = LedgerLabel.Of("counted", "");

    /// <summary>Every promotional push has it, counted or not, so that a withdrawal finds them.</summary>
    public static LedgerLabel Promotional { get; } = LedgerLabel.Of("promotional", "");

    public static LedgerLabel Channel(ChannelId channel) => LedgerLabel.Of("channel", channel.ToString());

    public static LedgerLabel Campaign(string campaign) => LedgerLabel.Of("campaign", campaign);

    public static LedgerLabel Category(string category) => LedgerLabel.Of("category", category);

    public static LedgerLabel Offer(OfferId offer) => LedgerLabel.Of("offer", offer.ToString());

    /// <summary>A push carries one for its topic and one for each topic above it.</summary>
    public static LedgerLabel Topic(ReadOnlySpan<char> path) => LedgerLabel.Of("topic", path);

    public static LedgerLabel Key(string name, string value) => LedgerLabel.Of($"key:{name}", value);

    public static LedgerLabel Content(string hash) => LedgerLabel.Of("content", hash);
}
