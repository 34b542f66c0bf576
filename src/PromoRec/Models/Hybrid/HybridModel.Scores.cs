using System.Buffers;
using System.Numerics.Tensors;

namespace PromoRec.Models.Hybrid;

/// <content>Scores of all members together, in the items of the hybrid: what a member with fewer items says is widened.</content>
public sealed partial class HybridModel
{
    /// <inheritdoc/>
    /// <remarks>Where the hybrid lost on its ladder, the member that answers explains. Otherwise what a member adds is shared out among the items as its own explanation does. A member that cannot explain a score is left out, so that the contributions may sum to less than the score.</remarks>
    public override ScoreExplanation? Explain(UserId user, ItemId item)
    {
        if (!Users.TryGetRow(user.Value, out int userRow) || !Items.TryGetRow(item.Value, out int itemRow))
        {
            return null;
        }

        float[] scores = new float[ItemCount];
        if (!Fuses)
        {
            int answering = AnswerAlone(userRow, scores);
            return answering < 0 ? new ScoreExplanation(scores[itemRow], []) : _members[answering].Model.Explain(user, item) ?? new ScoreExplanation(0, []);
        }

        float[] terms = new float[ItemCount];
        SortedDictionary<int, double> contributions = [];
        for (int i = 0; i < _members.Length; i++)
        {
            ScoreAll(i, userRow, scores);
            Array.Clear(terms);
            Add(i, userRow, scores, terms);
            if (terms[itemRow] == 0 || _members[i].Model.Explain(user, item) is not { Score: not 0 } own)
            {
                continue;
            }

            foreach (ScoreContribution one in own.Contributions)
            {
                _ = Items.TryGetRow(one.Item.Value, out int row);
                contributions[row] = contributions.GetValueOrDefault(row) + (terms[itemRow] * one.Contribution / own.Score);
            }
        }

        return ExplanationOf(contributions.Select(pair => (pair.Key, pair.Value)));
    }

    internal override float ScoreOf(int userRow, int itemRow)
    {
        Span<float> one = stackalloc float[1];
        ScoreSome(userRow, [itemRow], one);
        return one[0];
    }

    internal override void ScoreSome(int userRow, ReadOnlySpan<int> itemRows, Span<float> scores)
    {
        float[] rented = ArrayPool<float>.Shared.Rent(ItemCount);
        Span<float> all = rented.AsSpan(0, ItemCount);
        ScoreAll(userRow, all);
        for (int i = 0; i < itemRows.Length; i++)
        {
            scores[i] = all[itemRows[i]];
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    internal override void ScoreAll(int userRow, Span<float> scores)
    {
        if (!Fuses)
        {
            _ = AnswerAlone(userRow, scores);
            return;
        }

        float[] rented = ArrayPool<float>.Shared.Rent(ItemCount);
        Span<float> own = rented.AsSpan(0, ItemCount);
        scores.Clear();
        for (int i = 0; i < _members.Length; i++)
        {
            ScoreAll(i, userRow, own);
            Add(i, userRow, own, scores);
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    internal override bool TryScoreAll(ReadOnlySpan<int> itemRows, ReadOnlySpan<float> values, Span<float> scores)
    {
        if (!Fuses)
        {
            return TryAnswerAlone(itemRows, values, scores, out _);
        }

        var own = new float[ItemCount];
        scores.Clear();
        for (int i = 0; i < _members.Length; i++)
        {
            if (!TryScoreAll(i, itemRows, values, own))
            {
                return false;
            }

            FusionTerms.Add(Fusion, Weights[i], own, itemRows, scores);
        }

        return TensorPrimitives.IsFiniteAll<float>(scores);
    }

    /// <summary>The likeness that members see, each divided by its largest and weighted; NaN for items of which no member says anything.</summary>
    internal override void FillSimilarities(int itemRow, Span<float> similarities)
    {
        var own = new float[ItemCount];
        similarities.Fill(float.NaN);
        for (int i = 0; i < _members.Length; i++)
        {
            FillSimilarities(i, itemRow, own);
            own[itemRow] = float.NaN;
            float largest = 0;
            foreach (float value in own)
            {
                largest = value > largest ? value : largest;
            }

            for (int item = 0; item < own.Length && largest > 0; item++)
            {
                if (!float.IsNaN(own[item]))
                {
                    similarities[item] = (float.IsNaN(similarities[item]) ? 0 : similarities[item]) + (Weights[i] * FusionTerms.Normalised(HybridFusion.Weighted, own[item], largest));
                }
            }
        }
    }

    /// <summary>Adds what a member says about all items to the scores of the hybrid.</summary>
    internal void Add(int member, int userRow, ReadOnlySpan<float> own, Span<float> scores) => FusionTerms.Add(Fusion, Weights[member], own, HaveOf(userRow), scores);

    /// <summary>What a member says about all items; 0 of those that it does not know.</summary>
    internal void ScoreAll(int member, int userRow, Span<float> scores)
    {
        if (_rowsOf[member] is not { } rowOf)
        {
            _members[member].Model.ScoreAll(userRow, scores);
            return;
        }

        var own = new float[_members[member].Model.ItemCount];
        _members[member].Model.ScoreAll(userRow, own);
        Widen(rowOf, own, scores, unknown: 0);
    }

    private bool TryScoreAll(int member, ReadOnlySpan<int> itemRows, ReadOnlySpan<float> values, Span<float> scores)
    {
        if (_rowsOf[member] is not { } rowOf)
        {
            return _members[member].Model.TryScoreAll(itemRows, values, scores);
        }

        List<int> rows = [];
        List<float> known = [];
        for (int i = 0; i < itemRows.Length; i++)
        {
            if (rowOf[itemRows[i]] >= 0)
            {
                rows.Add(rowOf[itemRows[i]]);
                known.Add(values[i]);
            }
        }

        var own = new float[_members[member].Model.ItemCount];
        bool isScored = _members[member].Model.TryScoreAll(rows.ToArray(), known.ToArray(), own);
        Widen(rowOf, own, scores, unknown: 0);
        return isScored;
    }

    private void FillSimilarities(int member, int itemRow, Span<float> similarities)
    {
        if (_rowsOf[member] is not { } rowOf)
        {
            _members[member].Model.FillSimilarities(itemRow, similarities);
            return;
        }

        var own = new float[_members[member].Model.ItemCount];
        own.AsSpan().Fill(float.NaN);
        if (rowOf[itemRow] >= 0)
        {
            _members[member].Model.FillSimilarities(rowOf[itemRow], own);
        }

        Widen(rowOf, own, similarities, unknown: float.NaN);
    }

    private static void Widen(int[] rowOf, ReadOnlySpan<float> own, Span<float> all, float unknown)
    {
        for (int item = 0; item < all.Length; item++)
        {
            all[item] = rowOf[item] >= 0 ? own[rowOf[item]] : unknown;
        }
    }

    private ReadOnlySpan<int> HaveOf(int userRow) => userRow < History.ByUser.Rows ? History.ByUser.ColumnsOf(userRow) : [];
}
