using PromoRec.Interactions;

namespace PromoRec.Datasets;

/// <summary>All events that were added, duplicates already settled, in blocks of flat structs.</summary>
/// <remarks>
/// A repeated event id is found when it arrives, so what is delivered twice takes no more room. Of several contents under one id the
/// greatest in a total order over contents is kept, so that the order of arrival does not matter.
/// </remarks>
internal sealed class EventTable
{
    private readonly BlockList<StoredEvent> _events = new();
    private readonly EventIdTable _eventIds = new();
    private readonly InteractionWeights _weights;
    private readonly List<InteractionKind> _kinds = [];

    /// <param name="weights">Kinds without a weight here are refused.</param>
    public EventTable(InteractionWeights weights) => _weights = weights;

    public ProvisionalRows Users { get; } = new();

    public ProvisionalRows Items { get; } = new();

    public ProvisionalRows Offers { get; } = new();

    /// <summary>The kinds of the events, at the numbers that the events use.</summary>
    public IReadOnlyList<InteractionKind> Kinds => _kinds;

    /// <summary>Events stored.</summary>
    public int Count => _events.Count;

    /// <summary>Events added that had the id of one that was there already.</summary>
    public long Duplicates { get; private set; }

    /// <summary>The stored events, in blocks.</summary>
    public IEnumerable<ReadOnlyMemory<StoredEvent>> Blocks => _events.Blocks;

    /// <summary>Adds a valid event.</summary>
    /// <exception cref="ArgumentException">Its kind has no weight.</exception>
    public void Add(in Interaction interaction)
    {
        ushort kind = KindNumber(interaction.Kind);
        var added = new StoredEvent
        {
            User = Users.GetOrAdd(interaction.User.Value),
            Item = interaction.Item.IsEmpty ? StoredEvent.None : Items.GetOrAdd(interaction.Item.Value),
            Offer = interaction.Offer.IsEmpty ? StoredEvent.None : Offers.GetOrAdd(interaction.Offer.Value),
            Kind = kind,
            Ticks = interaction.At.UtcTicks,
            Value = interaction.Value + 0.0, // turns -0 into 0, which is equal to it but has other bits
        };

        if (string.IsNullOrEmpty(interaction.EventId) || _eventIds.TryAdd(StableHash.Of(interaction.EventId), Count, out int earlier))
        {
            _events.Add(added);
            return;
        }

        Duplicates++;
        Settle(ref _events[earlier], added);
    }

    private void Settle(ref StoredEvent kept, in StoredEvent added)
    {
        int order = CompareContent(kept, added);
        if (order == 0)
        {
            return;
        }

        if (order < 0)
        {
            kept = added;
        }

        kept.Conflicts = true;
    }

    /// <summary>The later event is the greater; then by kind, value and ids, so that only equal contents compare as equal.</summary>
    private int CompareContent(in StoredEvent x, in StoredEvent y)
    {
        int order = x.Ticks.CompareTo(y.Ticks);
        order = order != 0 ? order : string.CompareOrdinal(_kinds[x.Kind].Name, _kinds[y.Kind].Name);
        order = order != 0 ? order : x.Value.CompareTo(y.Value);
        order = order != 0 ? order : CompareIds(Users, x.User, y.User);
        order = order != 0 ? order : CompareIds(Items, x.Item, y.Item);
        return order != 0 ? order : CompareIds(Offers, x.Offer, y.Offer);
    }

    private static int CompareIds(ProvisionalRows ids, int x, int y) =>
        x == y ? 0 : x == StoredEvent.None ? -1 : y == StoredEvent.None ? 1 : ids[x].CompareTo(ids[y]);

    private ushort KindNumber(InteractionKind kind)
    {
        // A handful of kinds: looking through them beats hashing a name.
        for (int number = 0; number < _kinds.Count; number++)
        {
            if (_kinds[number] == kind)
            {
                return (ushort)number;
            }
        }

        if (!_weights.TryGet(kind, out _))
        {
            throw new ArgumentException(InteractionWeights.MissingWeight(kind), nameof(kind));
        }

        if (_kinds.Count > ushort.MaxValue)
        {
            throw new PromoRecException(PromoRecErrorCode.InvalidDataset, $"The events have more than {ushort.MaxValue + 1} kinds. A kind says what a customer did, not with what: use few.");
        }

        _kinds.Add(kind);
        return (ushort)(_kinds.Count - 1);
    }
}
