using System.Collections.Immutable;
using PromoRec.Cli.Reading;
using PromoRec.Consent;

namespace PromoRec.Cli.Push;

/// <summary>What files say about consent. Nothing changes it while a command runs.</summary>
internal sealed class FileConsentStore : IConsentStore
{
    private static readonly ConsentRecord Nothing = new(0, [], false);

    private readonly Dictionary<UserId, ConsentRecord> _records = [];
    private readonly HashSet<string> _topics = new(StringComparer.Ordinal);
    private readonly ImmutableArray<ChannelId> _channels;
    private ConsentRecord _assumed = Nothing;

    /// <param name="rows">The customers of the file; empty where there is none.</param>
    /// <param name="assumeFor">The channels to which customers have consented of whom nothing is said; empty for none.</param>
    public FileConsentStore(IEnumerable<CustomerRow> rows, IEnumerable<ChannelId> assumeFor)
    {
        _channels = [.. assumeFor];
        foreach (CustomerRow row in rows.Where(row => !row.Consents.IsEmpty))
        {
            _records[row.Customer.UserId] = new ConsentRecord(row.Consents.Length, row.Consents, false);
        }

        AssumeTopic(string.Empty);
    }

    /// <summary>Makes what is assumed hold for a topic, because some channels need a grant for each.</summary>
    public void AssumeTopic(string topic)
    {
        if (!_channels.IsEmpty && _topics.Add(topic))
        {
            IEnumerable<ConsentEvent> added = _channels.SelectMany(channel => ConsentWords.EventsOf("confirmed", channel, topic, $"assumed/{channel}/{topic}")!);
            _assumed = new ConsentRecord(1, _assumed.Events.AddRange(added), false);
        }
    }

    public ValueTask<ConsentRecord> ReadAsync(UserId userId, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(_records.GetValueOrDefault(userId, _assumed));

    public ValueTask<ConsentAppendResult> AppendAsync(
        UserId userId, IReadOnlyList<ConsentEvent> events, long? expectedVersion = null, CancellationToken cancellationToken = default) => throw ReadOnly();

    public ValueTask ForgetAsync(UserId userId, CancellationToken cancellationToken = default) => throw ReadOnly();

    private static NotSupportedException ReadOnly() => new("Files of customers are only read.");
}
