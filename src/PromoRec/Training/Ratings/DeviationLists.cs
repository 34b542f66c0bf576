using PromoRec.Models.Ratings;
using PromoRec.Numerics;

namespace PromoRec.Training.Ratings;

/// <summary>How much higher every item is rated than the others, by those who rated both. One thread at a time.</summary>
/// <param name="byItem">Items × customers.</param>
/// <param name="byUser">Customers × items.</param>
/// <param name="options">How.</param>
internal sealed class DeviationLists(CsrMatrix byItem, CsrMatrix byUser, SlopeOneOptions options)
{
    private readonly CommonSums _sums = new(byUser);
    private readonly ScoredRow[] _buffer = new ScoredRow[Math.Min(options.DeviationsPerItem, byItem.Rows)];

    /// <summary>The items that an item is compared with, by row, with how much higher it is rated than they are; without itself.</summary>
    public ScoredRow[] Of(int item)
    {
        var top = new TopK(_buffer);
        foreach (int other in _sums.Add(byItem.ColumnsOf(item), byItem.ValuesOf(item)))
        {
            int support = _sums.With(other).Count;
            if (other != item && support >= options.MinSupport)
            {
                top.Add(other, support);
            }
        }

        ScoredRow[] list = _buffer[..top.Finish()];
        for (int i = 0; i < list.Length; i++)
        {
            ref readonly PairSums sums = ref _sums.With(list[i].Row);
            list[i] = list[i] with { Score = RatingScale.ToSingle((sums.X - sums.Y) / sums.Count) };
        }

        Array.Sort(list, (left, right) => left.Row.CompareTo(right.Row));
        return list;
    }
}
