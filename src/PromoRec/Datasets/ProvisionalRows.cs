using System.Runtime.InteropServices;

namespace PromoRec.Datasets;

/// <summary>Numbers ids in the order in which they are first seen, and says afterwards which place each has in ordinal order.</summary>
internal sealed class ProvisionalRows
{
    private readonly Dictionary<IdValue, int> _rows = [];
    private readonly List<IdValue> _ids = [];
    private IdValue _lastId;
    private int _lastRow = -1;

    public int Count => _ids.Count;

    public IdValue this[int row] => _ids[row];

    public int GetOrAdd(IdValue id)
    {
        // Events often come grouped by customer.
        if (_lastRow >= 0 && id.Equals(_lastId))
        {
            return _lastRow;
        }

        ref int row = ref CollectionsMarshal.GetValueRefOrAddDefault(_rows, id, out bool exists);
        if (!exists)
        {
            row = _ids.Count;
            _ids.Add(id);
        }

        (_lastId, _lastRow) = (id, row);
        return row;
    }

    /// <summary>The ids in ordinal order, and for every provisional row its place there.</summary>
    public (IdValue[] Sorted, int[] PlaceOf) Sort()
    {
        IdValue[] sorted = [.. _ids];
        var order = new int[sorted.Length];
        for (int row = 0; row < order.Length; row++)
        {
            order[row] = row;
        }

        sorted.AsSpan().Sort(order.AsSpan());
        var placeOf = new int[order.Length];
        for (int place = 0; place < order.Length; place++)
        {
            placeOf[order[place]] = place;
        }

        return (sorted, placeOf);
    }
}
