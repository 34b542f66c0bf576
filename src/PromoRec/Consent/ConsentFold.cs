using System.Collections.Immutable;

namespace PromoRec.Consent;

/// <summary>Folds a ledger's events into what holds for each purpose, channel and topic.</summary>
internal static class ConsentFold
{
    private static readonly ConsentPurpose[] Purposes = [ConsentPurpose.Marketing, ConsentPurpose.Personalization];

    /// <returns>Ordered by topic, channel and purpose; every channel comes before any one.</returns>
    public static ConsentNode[] NodesOf(ImmutableArray<ConsentEvent> events)
    {
        if (events.IsDefaultOrEmpty)
        {
            return [];
        }

        Dictionary<(ConsentPurpose Purpose, ChannelId Channel, string Topic), ConsentNodeFold> folds = [];
        foreach (ConsentEvent entry in events)
        {
            foreach (ConsentPurpose purpose in Purposes)
            {
                if (Concerns(entry, purpose))
                {
                    var key = (purpose, entry.Channel, entry.Topic);
                    if (!folds.TryGetValue(key, out ConsentNodeFold? fold))
                    {
                        folds.Add(key, fold = new ConsentNodeFold());
                    }

                    fold.Apply(entry);
                }
            }
        }

        ConsentNode[] nodes = new ConsentNode[folds.Count];
        int count = 0;
        foreach (((ConsentPurpose purpose, ChannelId channel, string topic), ConsentNodeFold fold) in folds)
        {
            nodes[count++] = fold.ToNode(purpose, channel, topic);
        }

        Array.Sort(nodes, Compare);
        return nodes;
    }

    private static int Compare(ConsentNode left, ConsentNode right) =>
        string.CompareOrdinal(left.Topic, right.Topic) is var byTopic and not 0 ? byTopic
        : string.CompareOrdinal(left.Channel.ToString(), right.Channel.ToString()) is var byChannel and not 0 ? byChannel
        : left.Purpose.CompareTo(right.Purpose);

    /// <summary>A purpose that this version does not know may include those that it knows, so a refusal of it is one of all; a grant of it gives nothing.</summary>
    private static bool Concerns(ConsentEvent entry, ConsentPurpose purpose) => entry.Purpose == purpose
        || (entry.Purpose is not (ConsentPurpose.Marketing or ConsentPurpose.Personalization)
            && entry.State is not (ConsentState.Unknown or ConsentState.Pending or ConsentState.Granted or ConsentState.SoftOptIn));
}
