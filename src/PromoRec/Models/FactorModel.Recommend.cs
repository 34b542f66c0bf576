using System.Buffers;
using PromoRec.Numerics;

namespace PromoRec.Models;

/// <content>Scores: the inner product of a customer's and an item's vector. Items are as similar as the cosine of their vectors, from -1 to 1; with an item of length 0 it is 0.</content>
public sealed partial class FactorModel
{
    /// <summary>Most items found at once, for all customers together.</summary>
    private const int MostFound = 1 << 18;

    // Made when items are first asked for: a model that ranks offers alone has no use for it.
    private readonly Lazy<InnerProductIndex> _itemIndex;

    /// <summary>The items, ready for finding the best of them.</summary>
    internal InnerProductIndex ItemIndex => _itemIndex.Value;

    internal override RankTier Tier => RankTier.Als;

    internal override IReadOnlyList<FactorModel> FoldingModels => [this];

    internal override double LargestScore => Magnitude.LargestLength(UserFactors) * Magnitude.LargestLength(ItemFactors);

    internal override float ScoreOf(int userRow, int itemRow) => VectorMath.Dot(UserFactors.Row(userRow), ItemFactors.Row(itemRow));

    internal override void ScoreAll(int userRow, Span<float> scores) => BlockScores.OneToMany(UserFactors.Row(userRow), ItemFactors, 0, scores);

    internal override void RecommendBlock(ReadOnlySpan<int> userRows, int count, bool includeSeen, Span<RecommendedItems> answers)
    {
        count = Math.Min(count, ItemCount);
        Span<int> known = stackalloc int[userRows.Length];
        Span<int> placeOf = stackalloc int[userRows.Length];
        int knownCount = 0;
        for (int i = 0; i < userRows.Length; i++)
        {
            if (userRows[i] >= 0)
            {
                known[knownCount] = userRows[i];
                placeOf[knownCount++] = i;
            }
            else
            {
                base.RecommendBlock(userRows.Slice(i, 1), count, includeSeen, answers.Slice(i, 1));
            }
        }

        // Long lists for fewer customers at once, so that they take no more memory.
        int most = Math.Max(1, Math.Min(InnerProductSearch.MaxQueries, MostFound / Math.Max(1, count)));
        ScoredRow[] best = ArrayPool<ScoredRow>.Shared.Rent(Math.Min(most, knownCount) * count);
        Span<int> found = stackalloc int[userRows.Length];
        InnerProductSearch search = InnerProductSearch.Take();
        for (int first = 0; first < knownCount; first += most)
        {
            Span<int> some = known[first..Math.Min(knownCount, first + most)];
            search.Find(ItemIndex, UserFactors, some, new UnseenItems(includeSeen ? null : History.ByUser, some), count, best, found);
            for (int i = 0; i < some.Length; i++)
            {
                answers[placeOf[first + i]] = new RecommendedItems(Named(best.AsSpan(i * count, found[i])), new ItemAnswer(Tier, RankTierReason.Highest));
            }
        }

        search.Return();
        ArrayPool<ScoredRow>.Shared.Return(best);
    }

    internal override void FillSimilarities(int itemRow, Span<float> similarities)
    {
        for (int other = 0; other < similarities.Length; other++)
        {
            similarities[other] = VectorMath.Cosine(ItemFactors.Row(itemRow), ItemFactors.Row(other));
        }
    }
}
