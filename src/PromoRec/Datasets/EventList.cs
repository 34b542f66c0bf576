namespace PromoRec.Datasets;

/// <summary>Events in order of arrival: the last ones as they came, those before in packed blocks.</summary>
/// <remarks>Any number of threads may read while none adds.</remarks>
internal sealed class EventList
{
    /// <summary>Events in a packed block.</summary>
    public const int BlockLength = 1 << 14;

    private const int FirstLength = 64;

    private readonly List<EventBlock> _packed = [];
    private StoredEvent[] _open = new StoredEvent[FirstLength];
    private int _openCount;
    private long[]? _scratch;

    public int Count => (_packed.Count * BlockLength) + _openCount;

    /// <summary>Number of blocks, all but the last of <see cref="BlockLength"/> events.</summary>
    public int BlockCount => _packed.Count + (_openCount > 0 ? 1 : 0);

    public StoredEvent this[int index]
    {
        get => index / BlockLength is var block && block < _packed.Count ? _packed[block][index % BlockLength] : _open[index % BlockLength];
        set
        {
            if (index / BlockLength is var block && block < _packed.Count)
            {
                _packed[block].Replace(index % BlockLength, value);
            }
            else
            {
                _open[index % BlockLength] = value;
            }
        }
    }

    /// <exception cref="PromoRecException">There are 2³¹ - 2¹⁵ events already.</exception>
    public void Add(in StoredEvent stored)
    {
        if (_openCount == _open.Length)
        {
            MakeRoom();
        }

        _open[_openCount++] = stored;
    }

    /// <summary>The events of a block.</summary>
    /// <param name="block">Which.</param>
    /// <param name="scratch">What may be used.</param>
    public ReadOnlySpan<StoredEvent> Read(int block, EventScratch scratch)
    {
        if (block == _packed.Count)
        {
            return _open.AsSpan(0, _openCount);
        }

        _packed[block].CopyTo(scratch.Events, scratch.Numbers);
        return scratch.Events.AsSpan(0, _packed[block].Count);
    }

    /// <summary>Some events of a block.</summary>
    /// <param name="block">Which block.</param>
    /// <param name="indices">Their places in it.</param>
    /// <param name="scratch">What may be used.</param>
    public ReadOnlySpan<StoredEvent> Read(int block, ReadOnlySpan<ushort> indices, EventScratch scratch)
    {
        Span<StoredEvent> some = scratch.Events.AsSpan(0, indices.Length);
        if (some.IsEmpty)
        {
            return some;
        }

        if (block < _packed.Count)
        {
            _packed[block].CopyTo(indices, some, scratch.Numbers);
            return some;
        }

        for (int i = 0; i < indices.Length; i++)
        {
            some[i] = _open[indices[i]];
        }

        return some;
    }

    /// <summary>The customers of a block's events.</summary>
    /// <param name="block">Which.</param>
    /// <param name="scratch">What may be used.</param>
    public ReadOnlySpan<long> ReadUsers(int block, EventScratch scratch)
    {
        if (block < _packed.Count)
        {
            _packed[block].CopyUsersTo(scratch.Numbers);
            return scratch.Numbers.AsSpan(0, _packed[block].Count);
        }

        for (int i = 0; i < _openCount; i++)
        {
            scratch.Numbers[i] = _open[i].User;
        }

        return scratch.Numbers.AsSpan(0, _openCount);
    }

    private void MakeRoom()
    {
        if (_open.Length < BlockLength)
        {
            Array.Resize(ref _open, _open.Length * 2);
            return;
        }

        if (Count > int.MaxValue - BlockLength)
        {
            throw new PromoRecException(PromoRecErrorCode.InvalidDataset, $"A dataset can be built from at most {int.MaxValue - BlockLength} events. Leave out old events or kinds of weight 0.");
        }

        _packed.Add(new EventBlock(_open, _scratch ??= new long[BlockLength]));
        _openCount = 0;
    }
}
