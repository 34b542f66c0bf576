using PromoRec.Datasets;
using PromoRec.Numerics;

namespace PromoRec.Evaluation;

/// <summary>The same scores for everybody: in how many hands an item is.</summary>
internal sealed class PopularityScorer(IdIndex users, IdIndex items, CsrMatrix seen, ReadOnlyMemory<float> popularity)
    : ItemScorer(users, items, seen, popularity)
{
    internal override float Score(int userRow, int itemRow) => PopularityOfItems[itemRow];

    internal override BlockScorer CreateBlockScorer(int capacity) => new Block(this);

    private sealed class Block(PopularityScorer scorer) : BlockScorer
    {
        public override void Score(ReadOnlySpan<int> userRows, Span<float> scores)
        {
            for (int i = 0; i < userRows.Length; i++)
            {
                scorer.PopularityOfItems.CopyTo(scores.Slice(i * scorer.ItemCount, scorer.ItemCount));
            }
        }
    }
}
