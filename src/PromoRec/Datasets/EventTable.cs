using System.Buffers;
using System.Text;
using PromoRec.Interactions;

namespace PromoRec.Datasets;

/// <summary>All events that were added, duplicates already settled, packed in blocks.</summary>
/// <remarks>
/// A repeated event id is found when it arrives, so what is delivered twice takes no more room. Of several contents under one id the
/// greatest in a total order over contents is kept, so that the order of arrival does not matter.
/// </remarks>
internal sealed class EventTable
{
    private const int StackLimit = 256;

    private readonly EventList _events = new();
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

    /// <summary>The stored events.</summary>
    public EventList Events => _events;

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
        Add(added, interaction.EventId);
    }

    /// <summary>Adds a valid event whose texts may still be no ids.</summary>
    /// <exception cref="ArgumentException">Its kind has no weight, or a text is no id.</exception>
    public void Add(in Utf8Interaction interaction, string parameterName)
    {
        ushort kind = KindNumber(interaction.Kind);
        var added = new StoredEvent
        {
            User = Users.GetOrAdd(interaction.User, parameterName),
            Item = interaction.Item.IsEmpty ? StoredEvent.None : Items.GetOrAdd(interaction.Item, parameterName),
            Offer = interaction.Offer.IsEmpty ? StoredEvent.None : Offers.GetOrAdd(interaction.Offer, parameterName),
            Kind = kind,
            Ticks = interaction.At.UtcTicks,
            Value = interaction.Value + 0.0,
        };
        if (interaction.EventId.IsEmpty)
        {
            _events.Add(added);
            return;
        }

        int bound = Encoding.UTF8.GetMaxCharCount(interaction.EventId.Length);
        char[]? rented = bound > StackLimit ? ArrayPool<char>.Shared.Rent(bound) : null;
        Span<char> eventId = rented ?? stackalloc char[StackLimit];
        Add(added, eventId[..Encoding.UTF8.GetChars(interaction.EventId, eventId)]);
        if (rented is not null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }
    }

    private void Add(in StoredEvent added, ReadOnlySpan<char> eventId)
    {
        if (eventId.IsEmpty || _eventIds.TryAdd(StableHash.Of(eventId), Count, out int earlier))
        {
            _events.Add(added);
            return;
        }

        Duplicates++;
        StoredEvent kept = _events[earlier];
        int order = CompareContent(kept, added);
        if (order != 0)
        {
            StoredEvent settled = order < 0 ? added : kept;
            settled.Conflicts = true;
            _events[earlier] = settled;
        }
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
        x == y ? 0 : x == StoredEvent.None ? -1 : y == StoredEvent.None ? 1 : OrdinalText.Compare(ids.Utf8At(x), ids.Utf8At(y));

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
