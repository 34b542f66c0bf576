using PromoRec.Consent;

namespace PromoRec.Tests.Consent;

/// <summary>Answers like <see cref="ConsentView"/>, from the definition: it looks at all events for every question. Events must be in the order of their times.</summary>
internal sealed class ConsentTwin(IReadOnlyList<ConsentEvent> events)
{
    private static readonly SoftOptInTerms Terms = new("shop", []);

    public static ConsentQuestion Question(ConsentNeed need, bool perTopic) => new(need, perTopic, Terms, "shoes");

    public (ConsentState State, bool IsSufficient) Resolve(ConsentPurpose purpose, ChannelId channel, string topic, ConsentNeed need, bool perTopic)
    {
        var nodes = events
            .Where(entry => entry.Purpose == purpose && (entry.Channel.IsEmpty || entry.Channel == channel) && (entry.Topic.Length == 0 || $"{topic}/".StartsWith($"{entry.Topic}/", StringComparison.Ordinal)))
            .GroupBy(entry => (entry.Channel, entry.Topic))
            .Select(group => new Node(group.Key.Channel, group.Key.Topic, [.. group]))
            .ToList();
        if (nodes.Any(node => node.IsSuppressed))
        {
            return (ConsentState.Suppressed, false);
        }

        // The widest refusal names the state: no topic before a topic, every channel before one.
        if (nodes.Where(node => node.Refusal is not null).OrderBy(node => node.Topic.Length).ThenBy(node => node.Channel.ToString(), StringComparer.Ordinal).FirstOrDefault() is { } refused)
        {
            return (refused.Refusal!.State, false);
        }

        ConsentState state = nodes.Any(node => node.Grants.Any()) ? ConsentState.Granted
            : nodes.Any(node => node.Sales.Any()) ? ConsentState.SoftOptIn
            : nodes.Any(node => node.IsAsked) ? ConsentState.Pending
            : ConsentState.Unknown;
        return (state, need == ConsentNeed.OptOut || nodes.Any(node => node.Suffices(need, perTopic)));
    }

    private sealed record Node(ChannelId Channel, string Topic, ConsentEvent[] Events)
    {
        public bool IsSuppressed => IsSuppressedBefore(Events.Length);

        /// <summary>The last refusal, unless a grant came after it.</summary>
        public ConsentEvent? Refusal => Last(IsRefusal) is var last && last > Last(entry => entry.State == ConsentState.Granted) ? Events[last] : null;

        /// <summary>Grants that nothing has taken back since.</summary>
        public IEnumerable<ConsentEvent> Grants => Events.Where((entry, i) => entry.State == ConsentState.Granted && i > LastTakingBack);

        public IEnumerable<SaleEvidence> Sales => Events
            .Where((entry, i) => entry.State == ConsentState.SoftOptIn && i > LastTakingBack && SoftOptInTerms.IsComplete(entry.Sale) && !IsRefusedBefore(i))
            .Select(entry => entry.Sale!);

        public bool IsAsked => Last(entry => entry.State == ConsentState.Pending) is var last && last > LastTakingBack && last > Last(entry => entry.State == ConsentState.Granted);

        // A suppression takes nothing from a refusal, but makes what was asked before it void.
        private int LastTakingBack => Enumerable.Range(0, Events.Length).LastOrDefault(
            i => IsRefusal(Events[i]) || Events[i].State == ConsentState.Suppressed || (Events[i].State == ConsentState.Unknown && !IsSuppressedBefore(i) && !IsRefusedBefore(i)), -1);

        public bool Suffices(ConsentNeed need, bool perTopic)
        {
            bool byName = !perTopic || (Topic.Length > 0 && !Channel.IsEmpty);
            return need switch
            {
                ConsentNeed.SoftOptIn => (byName && Grants.Any()) || Sales.Any(sale => sale is { SellerId: "shop", Category: "shoes" }),
                ConsentNeed.Grant => byName && Grants.Any(),
                ConsentNeed.WrittenGrant => byName && Grants.Any(entry => entry.TextVersion is not null || entry.TextHash is not null),
                ConsentNeed.DoubleOptIn => byName && Grants.Any(IsConfirmed),
                _ => false,
            };
        }

        private bool IsConfirmed(ConsentEvent grant) => !string.IsNullOrEmpty(grant.TokenHash)
            && Events.Take(Array.IndexOf(Events, grant)).Skip(LastTakingBack + 1).Any(entry => entry.State == ConsentState.Pending && entry.TokenHash == grant.TokenHash);

        private bool IsRefusedBefore(int end) => Array.FindLastIndex(Events[..end], IsRefusal) > Array.FindLastIndex(Events[..end], entry => entry.State == ConsentState.Granted);

        private bool IsSuppressedBefore(int end) =>
            Array.FindLastIndex(Events[..end], entry => entry.State == ConsentState.Suppressed) > Array.FindLastIndex(Events[..end], entry => entry.State == ConsentState.Unknown);

        private int Last(Func<ConsentEvent, bool> matches) => Array.FindLastIndex(Events, entry => matches(entry));

        private static bool IsRefusal(ConsentEvent entry) => entry.State is ConsentState.Denied or ConsentState.Withdrawn;
    }
}
