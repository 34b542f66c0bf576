namespace PromoRec.Consent;

/// <summary>What a customer's consent ledger amounts to: the fold of its events. Immutable, and any number of threads may ask it.</summary>
/// <remarks>
/// <para>Every event speaks for one purpose, channel and topic; for each of these the latest decides. It reaches to all channels when it names none,
/// and to all topics below its own. For a channel and topic the order is: suppressed at any of these levels; denied or withdrawn at any of them;
/// granted at any of them; nothing. So a refusal beats every grant below it, and only a later grant of the same purpose, channel and topic lifts it.</para>
/// <para>The latest is the one appended last. A grant that happened before a refusal does not lift it, even if it is appended after it. A sale never
/// lifts a refusal, nor does a double opt-in that nobody has confirmed. A suppression is lifted by an event of the state
/// <see cref="ConsentState.Unknown"/> only, and what was granted before it is gone; elsewhere such an event takes back what was granted.</para>
/// <para>An event with a state that this version does not know counts as withdrawn. An erased customer counts as suppressed everywhere.</para>
/// </remarks>
public sealed class ConsentView
{
    private readonly ConsentTree _tree;

    /// <summary>Folds a ledger.</summary>
    public ConsentView(ConsentRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        Version = record.Version;
        IsErased = record.IsErased;
        _tree = new ConsentTree(ConsentFold.NodesOf(record.Events));
    }

    /// <summary>The version of the ledger it was folded from.</summary>
    public long Version { get; }

    /// <summary>Whether the customer was erased.</summary>
    public bool IsErased { get; }

    /// <summary>What has been said, each purpose, channel and topic by itself; ordered by topic, channel and purpose.</summary>
    internal ReadOnlySpan<ConsentNode> Nodes => _tree.Nodes;

    /// <summary>What holds for a channel and topic: a refusal from any level above, else the strongest of what was granted. A jurisdiction decides what is enough.</summary>
    /// <param name="channel">The channel; the default value asks for what was said about every channel.</param>
    /// <param name="topic">The topic, a path such as "offers/shoes"; empty for every topic.</param>
    /// <param name="purpose">What it is for.</param>
    /// <exception cref="ArgumentOutOfRangeException">The purpose is none of those there are.</exception>
    public ConsentState StateOf(ChannelId channel, string topic = "", ConsentPurpose purpose = ConsentPurpose.Marketing)
    {
        if (purpose is not (ConsentPurpose.Marketing or ConsentPurpose.Personalization))
        {
            throw new ArgumentOutOfRangeException(nameof(purpose), purpose, "The purpose is not one of ConsentPurpose.");
        }

        return Resolve(purpose, channel, TopicPath.Canonical(topic), new ConsentQuestion(ConsentNeed.Never)).State;
    }

    /// <summary>Answers a question about a channel and topic. Allocates nothing.</summary>
    /// <param name="purpose">What it is for.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="topic">The topic in canonical form.</param>
    /// <param name="question">What would be enough.</param>
    internal ConsentAnswer Resolve(ConsentPurpose purpose, ChannelId channel, ReadOnlySpan<char> topic, in ConsentQuestion question)
    {
        if (IsErased)
        {
            return new ConsentAnswer(ConsentState.Suppressed, ConsentLevel.Everything, false, false, false);
        }

        ref readonly ConsentCell cell = ref _tree.Find(purpose, channel, topic, out int row);
        bool isSufficient = !cell.IsRefused && (question.Need == ConsentNeed.OptOut || (question.Enough is var enough and not ConsentFacts.None && cell.Has(enough)));
        if (!isSufficient && !cell.IsRefused && question is { Need: ConsentNeed.SoftOptIn, SoftOptIn: { } terms } && cell.Has(ConsentFacts.Sold))
        {
            isSufficient = _tree.HasSaleFor(purpose, channel, row, terms, question.Category);
        }

        return new ConsentAnswer(cell.State, cell.Level, isSufficient, cell.Has(ConsentFacts.Pending), cell.Has(ConsentFacts.TopicRefused));
    }
}
