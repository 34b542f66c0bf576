using PromoRec.Models;
using PromoRec.Models.Hybrid;

namespace PromoRec.Evaluation;

/// <summary>Scores of a model, a customer at a time.</summary>
internal sealed class ModelScorer(RecommendationModel model) : ItemScorer(model.Users, model.Items, model.History.ByUser, model.History.ItemPopularity)
{
    private readonly RecommendationModel _model = model;
    private readonly float[] _ofNobody = OfNobody(model);

    internal override ReadOnlySpan<float> ScoresOfNobody => _ofNobody;

    internal override float Score(int userRow, int itemRow) => _model.ScoreOf(userRow, itemRow);

    internal override void Score(int userRow, ReadOnlySpan<int> itemRows, Span<float> scores) => _model.ScoreSome(userRow, itemRows, scores);

    internal override BlockScorer CreateBlockScorer(int capacity) => _model is HybridModel hybrid ? new HybridBlockScorer(hybrid, _ofNobody, capacity) : new Block(this);

    private static float[] OfNobody(RecommendationModel model)
    {
        var scores = new float[model.ItemCount];
        model.ScoreUnknown(scores);
        return scores;
    }

    private sealed class Block(ModelScorer scorer) : BlockScorer
    {
        public override void Score(ReadOnlySpan<int> userRows, Span<float> scores)
        {
            for (int i = 0; i < userRows.Length; i++)
            {
                Span<float> own = scores.Slice(i * scorer.ItemCount, scorer.ItemCount);
                if (userRows[i] >= 0)
                {
                    scorer._model.ScoreAll(userRows[i], own);
                }
                else
                {
                    scorer.ScoresOfNobody.CopyTo(own);
                }
            }
        }
    }
}
