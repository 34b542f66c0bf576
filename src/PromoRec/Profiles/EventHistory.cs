using PromoRec.Interactions;

namespace PromoRec.Profiles;

/// <summary>A customer's events, each once, the greatest in <see cref="HistoryOrder"/> when there are too many. Used by one thread at a time.</summary>
/// <remarks>
/// Of several contents under one event id the greatest is kept. What is left is thus the greatest so many of the greatest content of each id: the
/// content under an id only ever grows, so what was dropped once would always be dropped again, and the order of arrival changes nothing.
/// Events wait unsorted until somebody reads, or until as many wait as are kept: adding one costs O(log n) on average.
/// </remarks>
internal sealed class EventHistory(int capacity)
{
    private const int MinBatch = 64;

    private readonly List<Interaction> _waiting = [];
    private Interaction[] _settled = [];

    public void Add(in Interaction interaction)
    {
        _waiting.Add(Canonical(interaction));
        if (_waiting.Count >= Math.Max(MinBatch, _settled.Length))
        {
            Settle();
        }
    }

    /// <summary>The events in <see cref="HistoryOrder"/>. The array never changes.</summary>
    public Interaction[] Settle()
    {
        if (_waiting.Count > 0)
        {
            _waiting.AddRange(_settled);
            _waiting.Sort(HistoryOrder.Instance);
            _settled = Greatest();
            _waiting.Clear();
            _waiting.Capacity = 0;
        }

        return _settled;
    }

    private Interaction[] Greatest()
    {
        HashSet<string> ids = new(StringComparer.Ordinal);
        var kept = new List<Interaction>(Math.Min(capacity, _waiting.Count));
        for (int i = _waiting.Count - 1; i >= 0 && kept.Count < capacity; i--)
        {
            if (_waiting[i].EventId is not { } id || ids.Add(id))
            {
                kept.Add(_waiting[i]);
            }
        }

        kept.Reverse();
        return [.. kept];
    }

    /// <summary>Equal contents with equal bits, however the host wrote them.</summary>
    private static Interaction Canonical(in Interaction interaction) => interaction with
    {
        At = interaction.At.ToUniversalTime(),
        Value = interaction.Value + 0.0, // turns -0 into 0
        EventId = string.IsNullOrEmpty(interaction.EventId) ? null : interaction.EventId,
        Details = interaction.Details?.ToCanonical(),
    };
}
