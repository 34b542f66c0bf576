using PromoRec.Models;
using PromoRec.Models.Hybrid;

namespace PromoRec.Evaluation;

/// <summary>Scores of a hybrid. Members of factors score several customers in one pass over their items, which are more than a cache holds.</summary>
internal sealed class HybridBlockScorer : BlockScorer
{
    private readonly HybridModel _hybrid;
    private readonly ReadOnlyMemory<float> _ofNobody;
    private readonly BlockScorer?[] _factors;
    private readonly float[] _own;

    /// <param name="hybrid">The hybrid.</param>
    /// <param name="ofNobody">The scores for customers whom it does not know.</param>
    /// <param name="capacity">Most customers at once.</param>
    public HybridBlockScorer(HybridModel hybrid, ReadOnlyMemory<float> ofNobody, int capacity)
    {
        _hybrid = hybrid;
        _ofNobody = ofNobody;
        _own = new float[capacity * hybrid.ItemCount];
        _factors = new BlockScorer?[hybrid.Members.Count];
        for (int member = 0; member < _factors.Length; member++)
        {
            if (hybrid.Members[member].Model is FactorModel factors && hybrid.RowsOf(member) is null)
            {
                _factors[member] = new FactorScorer(factors).CreateBlockScorer(capacity);
            }
        }
    }

    public override void Score(ReadOnlySpan<int> userRows, Span<float> scores)
    {
        int items = _hybrid.ItemCount;
        if (_hybrid.Fuses)
        {
            Fuse(userRows, scores);
        }
        else
        {
            AnswerAlone(userRows, scores);
        }

        for (int i = 0; i < userRows.Length; i++)
        {
            if (userRows[i] < 0)
            {
                _ofNobody.Span.CopyTo(scores.Slice(i * items, items));
            }
        }
    }

    /// <summary>The same as the hybrid does for one customer; where the member that comes first has factors, it scores the block in one pass.</summary>
    private void AnswerAlone(ReadOnlySpan<int> userRows, Span<float> scores)
    {
        int items = _hybrid.ItemCount;
        BlockScorer? first = _hybrid.Alone.Count > 0 ? _factors[_hybrid.Alone[0]] : null;
        first?.Score(userRows, scores);
        for (int i = 0; i < userRows.Length; i++)
        {
            Span<float> own = scores.Slice(i * items, items);
            if (userRows[i] >= 0 && (first is null || !HybridModel.Says(own)))
            {
                _ = _hybrid.AnswerAlone(userRows[i], own);
            }
        }
    }

    private void Fuse(ReadOnlySpan<int> userRows, Span<float> scores)
    {
        int items = _hybrid.ItemCount;
        scores.Clear();
        for (int member = 0; member < _factors.Length; member++)
        {
            _factors[member]?.Score(userRows, _own.AsSpan(0, userRows.Length * items));
            for (int i = 0; i < userRows.Length; i++)
            {
                if (userRows[i] >= 0)
                {
                    Span<float> own = _own.AsSpan(i * items, items);
                    if (_factors[member] is null)
                    {
                        _hybrid.ScoreAll(member, userRows[i], own);
                    }

                    _hybrid.Add(member, userRows[i], own, scores.Slice(i * items, items));
                }
            }
        }
    }
}
