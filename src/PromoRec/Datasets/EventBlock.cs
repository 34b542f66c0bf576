using System.Runtime.InteropServices;

namespace PromoRec.Datasets;

/// <summary>Some thousand events, packed by columns: 8 to 12 bytes each where they are purchases with times, a third of what they take unpacked.</summary>
internal sealed class EventBlock
{
    private const int ColumnCount = 6;

    // The kind and whether there are others with the same event id are one column.
    private const int UserColumn = 0;
    private const int ItemColumn = 1;
    private const int OfferColumn = 2;
    private const int KindColumn = 3;
    private const int TicksColumn = 4;
    private const int ValueColumn = 5;

    private readonly PackedColumn[] _columns = new PackedColumn[ColumnCount];
    private readonly byte[] _buffer;
    private Dictionary<int, StoredEvent>? _replaced;

    /// <param name="events">The events, at least one.</param>
    /// <param name="scratch">Room for as many numbers.</param>
    public EventBlock(ReadOnlySpan<StoredEvent> events, Span<long> scratch)
    {
        Count = events.Length;
        Span<long> numbers = scratch[..events.Length];
        int length = 0;
        for (int column = 0; column < ColumnCount; column++)
        {
            Gather(events, column, numbers);
            _columns[column] = PackedColumn.For(numbers, length);
            length += _columns[column].LengthOf(events.Length);
        }

        _buffer = new byte[length + PackedColumn.Slack];
        for (int column = 0; column < ColumnCount; column++)
        {
            if (_columns[column].Width > 0)
            {
                Gather(events, column, numbers);
                _columns[column].Write(numbers, _buffer);
            }
        }
    }

    public int Count { get; }

    public StoredEvent this[int index]
    {
        get
        {
            if (_replaced is not null && _replaced.TryGetValue(index, out StoredEvent replaced))
            {
                return replaced;
            }

            ReadOnlySpan<byte> buffer = _buffer;
            ReadOnlySpan<PackedColumn> columns = _columns;
            var stored = new StoredEvent
            {
                User = (int)columns[UserColumn].Read(buffer, index),
                Item = (int)columns[ItemColumn].Read(buffer, index),
                Offer = (int)columns[OfferColumn].Read(buffer, index),
                Ticks = columns[TicksColumn].Read(buffer, index),
                Value = BitConverter.Int64BitsToDouble(columns[ValueColumn].Read(buffer, index)),
            };
            stored.SetKindAndConflicts((int)columns[KindColumn].Read(buffer, index));
            return stored;
        }
    }

    /// <summary>Puts another event in the place of one. What is packed stays, and the few that are replaced stand beside it.</summary>
    public void Replace(int index, in StoredEvent stored) => (_replaced ??= [])[index] = stored;

    /// <summary>Unpacks all events.</summary>
    /// <param name="destination">Takes them.</param>
    /// <param name="scratch">Room for as many numbers.</param>
    public void CopyTo(Span<StoredEvent> destination, Span<long> scratch)
    {
        Span<long> numbers = scratch[..Count];
        for (int column = 0; column < ColumnCount; column++)
        {
            _columns[column].Read(_buffer, numbers);
            Scatter(numbers, column, destination);
        }

        foreach ((int index, StoredEvent replaced) in _replaced ?? [])
        {
            destination[index] = replaced;
        }
    }

    /// <summary>Unpacks some events.</summary>
    /// <param name="indices">Their places in the block, at least one.</param>
    /// <param name="destination">Takes them, one after the other.</param>
    /// <param name="scratch">Room for as many numbers.</param>
    public void CopyTo(ReadOnlySpan<ushort> indices, Span<StoredEvent> destination, Span<long> scratch)
    {
        Span<long> numbers = scratch[..indices.Length];
        for (int column = 0; column < ColumnCount; column++)
        {
            _columns[column].Read(_buffer, indices, numbers);
            Scatter(numbers, column, destination);
        }

        if (_replaced is not null)
        {
            for (int i = 0; i < indices.Length; i++)
            {
                destination[i] = _replaced.GetValueOrDefault(indices[i], destination[i]);
            }
        }
    }

    /// <summary>Unpacks the customers of all events.</summary>
    /// <param name="destination">Takes their rows.</param>
    public void CopyUsersTo(Span<long> destination)
    {
        _columns[UserColumn].Read(_buffer, destination[..Count]);
        foreach ((int index, StoredEvent replaced) in _replaced ?? [])
        {
            destination[index] = replaced.User;
        }
    }

    private static void Gather(ReadOnlySpan<StoredEvent> events, int column, Span<long> numbers)
    {
        if (column < TicksColumn)
        {
            ReadOnlySpan<int> cells = MemoryMarshal.Cast<StoredEvent, int>(events)[column..];
            for (int i = 0, at = 0; i < numbers.Length; i++, at += 8)
            {
                numbers[i] = cells[at];
            }
        }
        else
        {
            ReadOnlySpan<long> cells = MemoryMarshal.Cast<StoredEvent, long>(events)[(column - TicksColumn + 2)..];
            for (int i = 0, at = 0; i < numbers.Length; i++, at += 4)
            {
                numbers[i] = cells[at];
            }
        }
    }

    private static void Scatter(ReadOnlySpan<long> numbers, int column, Span<StoredEvent> events)
    {
        if (column < TicksColumn)
        {
            Span<int> cells = MemoryMarshal.Cast<StoredEvent, int>(events)[column..];
            for (int i = 0, at = 0; i < numbers.Length; i++, at += 8)
            {
                cells[at] = (int)numbers[i];
            }
        }
        else
        {
            Span<long> cells = MemoryMarshal.Cast<StoredEvent, long>(events)[(column - TicksColumn + 2)..];
            for (int i = 0, at = 0; i < numbers.Length; i++, at += 4)
            {
                cells[at] = numbers[i];
            }
        }
    }
}
