using System.Runtime.InteropServices;
using PromoRec.Candidates;
using PromoRec.Datasets;

namespace PromoRec.Scoring;

/// <summary>Finds the distinct rows of a model's items at which an offer aims. Used by one thread at a time.</summary>
internal sealed class TargetResolver(ItemGroups groups, IdIndex items)
{
    private readonly Dictionary<OfferTarget, int[]> _rowsOfGroup = [];
    private readonly int[] _lastSeenBy = new int[items.Count];
    private readonly List<int> _found = [];
    private int _offer;

    /// <summary>The rows, ascending, so that sums over them do not depend on the order of targets. Valid until the next call.</summary>
    public ReadOnlySpan<int> Resolve(Offer offer)
    {
        _offer++;
        _found.Clear();
        foreach (OfferTarget target in offer.Targets)
        {
            if (target.Kind != OfferTargetKind.Item)
            {
                foreach (int row in RowsOf(target))
                {
                    AddOnce(row);
                }
            }
            else if (items.TryGetRow(target.ItemId.Value, out int row))
            {
                AddOnce(row);
            }
        }

        _found.Sort();
        return CollectionsMarshal.AsSpan(_found);
    }

    private void AddOnce(int row)
    {
        if (_lastSeenBy[row] != _offer)
        {
            _lastSeenBy[row] = _offer;
            _found.Add(row);
        }
    }

    /// <summary>Many offers aim at the same category, so its rows are looked up once.</summary>
    private int[] RowsOf(OfferTarget group)
    {
        if (!_rowsOfGroup.TryGetValue(group, out int[]? rows))
        {
            var known = new List<int>();
            foreach (ItemId item in groups.ItemsOf(group))
            {
                if (items.TryGetRow(item.Value, out int row))
                {
                    known.Add(row);
                }
            }

            rows = [.. known];
            _rowsOfGroup.Add(group, rows);
        }

        return rows;
    }
}
