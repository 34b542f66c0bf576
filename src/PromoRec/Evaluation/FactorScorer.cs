using PromoRec.Models;
using PromoRec.Numerics;

namespace PromoRec.Evaluation;

/// <summary>Inner products of factors.</summary>
internal sealed class FactorScorer(FactorModel model)
    : ItemScorer(model.Users, model.Items, model.History.ByUser, model.History.ItemPopularity)
{
    private readonly FactorModel _model = model;

    internal override float Score(int userRow, int itemRow) => VectorMath.Dot(_model.UserFactors.Row(userRow), _model.ItemFactors.Row(itemRow));

    internal override BlockScorer CreateBlockScorer(int capacity) => new Block(this, capacity);

    private sealed class Block(FactorScorer scorer, int capacity) : BlockScorer
    {
        // The kernel wants the customers of a block next to each other.
        private readonly FactorMatrix _gathered = FactorMatrix.Create(capacity, scorer._model.Factors);

        public override void Score(ReadOnlySpan<int> userRows, Span<float> scores)
        {
            for (int i = 0; i < userRows.Length; i++)
            {
                if (userRows[i] >= 0)
                {
                    scorer._model.UserFactors.Row(userRows[i]).CopyTo(_gathered.Row(i));
                }
            }

            int items = scorer.ItemCount;
            BlockScores.ManyToMany(_gathered, 0, userRows.Length, scorer._model.ItemFactors, 0, items, scores);
            for (int i = 0; i < userRows.Length; i++)
            {
                if (userRows[i] < 0)
                {
                    scorer.PopularityOfItems.CopyTo(scores.Slice(i * items, items));
                }
            }
        }
    }
}
