using System.Collections.Immutable;

namespace PromoRec.Consent;

/// <summary>Folds a ledger's events into what holds for each purpose, channel and topic.</summary>
internal static class ConsentFold
{
    private static readonly ConsentPurpose[] Purposes = [ConsentPurpose.Marketing, ConsentPurpose.Personalization];

    /// <returns>Ordered by topic, channel and purpose; every channel comes before any one.</returns>
    public static ConsentNode[] NodesOf(ImmutableArray<ConsentEvent> events)
    {
        Dictionary<(ConsentPurpose Purpose, ChannelId Channel, string Topic), ConsentNodeFold> folds = [];
        foreach (ConsentEvent entry in events.IsDefault ? [] : events)
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

        return
        [
            .. folds.Select(pair => pair.Value.ToNode(pair.Key.Purpose, pair.Key.Channel, pair.Key.Topic))
                .OrderBy(node => node.Topic, StringComparer.Ordinal)
                .ThenBy(node => node.Channel.ToString(), StringComparer.Ordinal)
                .ThenBy(node => node.Purpose),
        ];
    }

    /// <summary>A purpose that this version does not know may include those that it knows, so a refusal of it is one of all; a grant of it gives nothing.</summary>
    private static bool Concerns(ConsentEvent entry, ConsentPurpose purpose) =>
        entry.Purpose == purpose || (!Purposes.Contains(entry.Purpose) && entry.State is not (ConsentState.Unknown or ConsentState.Pending or ConsentState.Granted or ConsentState.SoftOptIn));
}
