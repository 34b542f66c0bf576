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
    private readonly string[] _topics;
    private readonly int[] _starts;
    private readonly ConsentNode[] _nodes;

    /// <summary>Folds a ledger.</summary>
    public ConsentView(ConsentRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        Version = record.Version;
        IsErased = record.IsErased;
        _nodes = ConsentFold.NodesOf(record.Events);
        (_topics, _starts) = RowsOf(_nodes);
    }

    /// <summary>The version of the ledger it was folded from.</summary>
    public long Version { get; }

    /// <summary>Whether the customer was erased.</summary>
    public bool IsErased { get; }

    /// <summary>What has been said, each purpose, channel and topic by itself; ordered by topic, channel and purpose.</summary>
    internal ReadOnlySpan<ConsentNode> Nodes => _nodes;

    /// <summary>What holds for a channel and topic: a refusal from any level above, else the strongest of what was granted. A jurisdiction decides what is enough.</summary>
    /// <param name="channel">The channel; the default value asks for what was said about every channel.</param>
    /// <param name="topic">The topic, a path such as "offers/shoes"; empty for every topic.</param>
    /// <param name="purpose">What it is for.</param>
    public ConsentState StateOf(ChannelId channel, string topic = "", ConsentPurpose purpose = ConsentPurpose.Marketing) =>
        Resolve(purpose, channel, TopicPath.Canonical(topic), new ConsentQuestion(ConsentNeed.Never)).State;

    /// <summary>Answers a question about a channel and topic. Allocates nothing.</summary>
    /// <param name="purpose">What it is for.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="topic">The topic in canonical form.</param>
    /// <param name="question">What would be enough.</param>
    internal ConsentAnswer Resolve(ConsentPurpose purpose, ChannelId channel, ReadOnlySpan<char> topic, in ConsentQuestion question)
    {
        if (IsErased)
        {
            return new ConsentAnswer(ConsentState.Suppressed, ConsentLevel.Everything, false, false);
        }

        ConsentAnswer answer = new(ConsentState.Unknown, ConsentLevel.None, question.Need == ConsentNeed.OptOut, false);
        for (int length = question.TopicsOnly ? TopicPath.NextLength(topic, 0) : 0; length >= 0; length = TopicPath.NextLength(topic, length))
        {
            int row = IndexOf(topic[..length]);
            for (int i = row < 0 ? 0 : _starts[row]; row >= 0 && i < _starts[row + 1]; i++)
            {
                ref readonly ConsentNode node = ref _nodes[i];
                if (node.Purpose == purpose && (node.Channel.IsEmpty || node.Channel == channel))
                {
                    answer = Combine(answer, node, question);
                }
            }
        }

        return answer.IsRefused ? answer with { IsSufficient = false } : answer;
    }

    private static ConsentAnswer Combine(in ConsentAnswer answer, in ConsentNode node, in ConsentQuestion question)
    {
        if (node.IsRefused)
        {
            // The widest refusal speaks, but suppression above all.
            bool speaks = !answer.IsRefused || (node.IsSuppressed && answer.State != ConsentState.Suppressed);
            return speaks ? answer with { State = node.State, Level = node.Level } : answer;
        }

        return answer with
        {
            State = answer.IsRefused || Strength(answer.State) >= Strength(node.Said) ? answer.State : node.Said,
            IsSufficient = answer.IsSufficient || node.Suffices(question),
            IsPending = answer.IsPending || node.IsPending,
        };
    }

    private static int Strength(ConsentState state) => state switch
    {
        ConsentState.Granted => 3,
        ConsentState.SoftOptIn => 2,
        ConsentState.Pending => 1,
        _ => 0,
    };

    /// <summary>The topics in order, and where the nodes of each begin; one more for where the last ends.</summary>
    private static (string[] Topics, int[] Starts) RowsOf(ConsentNode[] nodes)
    {
        List<string> topics = [];
        List<int> starts = [];
        for (int i = 0; i < nodes.Length; i++)
        {
            if (i == 0 || nodes[i].Topic != nodes[i - 1].Topic)
            {
                topics.Add(nodes[i].Topic);
                starts.Add(i);
            }
        }

        return ([.. topics], [.. starts, nodes.Length]);
    }

    private int IndexOf(ReadOnlySpan<char> topic)
    {
        int low = 0;
        int high = _topics.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            int order = topic.SequenceCompareTo(_topics[middle]);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (low, middle - 1) : (middle + 1, high);
        }

        return -1;
    }
}
