using System.Globalization;
using PromoRec.Delivery;
using PromoRec.Testing.Conformance;

namespace PromoRec.Testing.Doubles;

/// <summary>A channel without a provider: it writes down what it is handed, and answers as it is told. For tests of what is built on channels.</summary>
/// <remarks>Any number of threads may call it. Two lists tell apart what was handed over from what customers would have got.</remarks>
public sealed class RecordingChannel : IPushChannel
{
    private readonly Lock _gate = new();
    private readonly Queue<ProviderBehavior> _script = [];
    private readonly List<PushMessage> _attempts = [];
    private readonly List<PushMessage> _deliveries = [];
    private readonly HashSet<string> _delivered = new(StringComparer.Ordinal);
    private ProviderBehavior _behavior;

    /// <summary>Creates a channel that accepts everything.</summary>
    /// <param name="channel">The channel it serves.</param>
    /// <param name="deduplicates">Whether it delivers each <see cref="PushMessage.SendId"/> once only.</param>
    public RecordingChannel(ChannelId channel, bool deduplicates = false)
    {
        Channel = channel;
        Deduplicates = deduplicates;
    }

    /// <inheritdoc/>
    public ChannelId Channel { get; }

    /// <inheritdoc/>
    public bool Deduplicates { get; }

    /// <summary>Everything it was handed, in order: a copy.</summary>
    public IReadOnlyList<PushMessage> Attempts
    {
        get
        {
            lock (_gate)
            {
                return [.. _attempts];
            }
        }
    }

    /// <summary>Everything that customers would have got, in order: a copy. One message may be in it twice.</summary>
    public IReadOnlyList<PushMessage> Deliveries
    {
        get
        {
            lock (_gate)
            {
                return [.. _deliveries];
            }
        }
    }

    /// <summary>Says how the provider behaves when no scripted answer is left.</summary>
    public void Behave(ProviderBehavior behavior)
    {
        lock (_gate)
        {
            _behavior = behavior;
        }
    }

    /// <summary>Says how the provider behaves for the next messages, one after another, before it goes on as usual.</summary>
    public void Script(params ReadOnlySpan<ProviderBehavior> behaviors)
    {
        lock (_gate)
        {
            foreach (ProviderBehavior behavior in behaviors)
            {
                _script.Enqueue(behavior);
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<ChannelResult> SendAsync(PushMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            _attempts.Add(message);
            return ValueTask.FromResult(Answer(message, _script.TryDequeue(out ProviderBehavior scripted) ? scripted : _behavior));
        }
    }

    private ChannelResult Answer(PushMessage message, ProviderBehavior behavior)
    {
        if (behavior is ProviderBehavior.Accepts or ProviderBehavior.TakesWithoutAnswer && (_delivered.Add(message.SendId) || !Deduplicates))
        {
            _deliveries.Add(message);
        }

        return behavior switch
        {
            ProviderBehavior.Accepts => new ChannelResult(ChannelOutcome.Accepted, _deliveries.Count.ToString(CultureInfo.InvariantCulture)),
            ProviderBehavior.RefusesForNow => new ChannelResult(ChannelOutcome.Transient, RetryAfter: TimeSpan.FromSeconds(30)),
            ProviderBehavior.IsUnreachable => new ChannelResult(ChannelOutcome.Transient),
            ProviderBehavior.RefusesForGood => new ChannelResult(ChannelOutcome.Permanent),
            _ => new ChannelResult(ChannelOutcome.Unknown),
        };
    }
}
