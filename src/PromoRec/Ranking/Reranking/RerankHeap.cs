namespace PromoRec.Ranking.Reranking;

/// <summary>Entries in the order of their values, the largest first and among equals the one with the better score. Lies in the scratch of the request.</summary>
/// <remarks>A binary heap: looking at the first costs O(1), putting in and taking out O(log n). Values that fall already are a heap as they are, and are taken out in O(1) until one of them is lowered.</remarks>
/// <param name="room">Room for all entries.</param>
internal ref struct RerankHeap(Span<RerankValue> room)
{
    private Span<RerankValue> _values = room;
    private bool _isSorted;

    public int Count { get; private set; }

    /// <summary>The first of all.</summary>
    public readonly RerankValue First => _values[0];

    /// <summary>All of them, in no order.</summary>
    public readonly ReadOnlySpan<RerankValue> All => _values[..Count];

    /// <summary>Takes over what lies in the room already.</summary>
    public void Fill()
    {
        Count = _values.Length;
        _isSorted = true;
        for (int at = 1; at < Count && _isSorted; at++)
        {
            _isSorted = _values[at - 1].IsBefore(_values[at]);
        }

        for (int at = (Count / 2) - 1; at >= 0 && !_isSorted; at--)
        {
            SiftDown(at, _values[at]);
        }
    }

    public void Clear() => Count = 0;

    public void Add(RerankValue value)
    {
        _isSorted = false;
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
        if (_isSorted)
        {
            _values = _values[1..];
        }
        else if (Count > 0)
        {
            SiftDown(0, _values[Count]);
        }
    }

    /// <summary>Gives the first entry a value that is not larger than the one it had.</summary>
    public void LowerFirst(RerankValue value)
    {
        _isSorted = false;
        SiftDown(0, value);
    }

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
