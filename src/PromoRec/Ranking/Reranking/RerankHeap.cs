namespace PromoRec.Ranking.Reranking;

/// <summary>Entries in the order of their values, the largest first and among equals the one with the better score. Lies in the scratch of the request.</summary>
/// <remarks>A binary heap: looking at the first costs O(1), putting in and taking out O(log n), and values that fall already are a heap as they are.</remarks>
/// <param name="room">Room for all entries.</param>
internal ref struct RerankHeap(Span<RerankValue> room)
{
    private readonly Span<RerankValue> _values = room;

    public int Count { get; private set; }

    /// <summary>The first of all.</summary>
    public readonly RerankValue First => _values[0];

    /// <summary>Takes over what lies in the room already.</summary>
    public void Fill()
    {
        Count = _values.Length;
        for (int at = (Count / 2) - 1; at >= 0; at--)
        {
            SiftDown(at, _values[at]);
        }
    }

    public void Add(RerankValue value)
    {
        int at = Count++;
        while (at > 0 && value.IsBefore(_values[(at - 1) / 2]))
        {
            _values[at] = _values[(at - 1) / 2];
            at = (at - 1) / 2;
        }

        _values[at] = value;
    }

    public void RemoveFirst()
    {
        Count--;
        if (Count > 0)
        {
            SiftDown(0, _values[Count]);
        }
    }

    /// <summary>Gives the first entry a value that is not larger than the one it had.</summary>
    public readonly void LowerFirst(RerankValue value) => SiftDown(0, value);

    private readonly void SiftDown(int at, RerankValue value)
    {
        while ((2 * at) + 1 < Count)
        {
            int child = (2 * at) + 1;
            if (child + 1 < Count && _values[child + 1].IsBefore(_values[child]))
            {
                child++;
            }

            if (!_values[child].IsBefore(value))
            {
                break;
            }

            _values[at] = _values[child];
            at = child;
        }

        _values[at] = value;
    }
}
