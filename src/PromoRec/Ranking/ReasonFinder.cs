using PromoRec.Numerics;

namespace PromoRec.Ranking;

/// <summary>Says why an offer stands where it stands. See <see cref="ModelInsight"/> for what a past item's share means.</summary>
internal static class ReasonFinder
{
    /// <summary>An offer that ends within this time says so.</summary>
    public static readonly TimeSpan EndingSoon = TimeSpan.FromDays(2);

    public static RankReasons Find(RankingState state, RankTier tier, in PastItems past, int row, float score, long nowTicks)
    {
        bool popular = tier == RankTier.Popularity ? score > 0 : tier == RankTier.Als && state.Affinities.IsPopular(row);
        bool endingSoon = state.Catalog.ValidTo[row] - nowTicks <= EndingSoon.Ticks;
        var reasons = default(RankReasons);
        if (tier == RankTier.Als && score > 0)
        {
            AddItems(ref reasons, state, past, row, score, RankReasons.Capacity - (popular ? 1 : 0) - (endingSoon ? 1 : 0));
        }

        if (popular)
        {
            reasons.TryAdd(new RankReason(RankReasonKind.Popular, default, 0));
        }

        if (endingSoon)
        {
            reasons.TryAdd(new RankReason(RankReasonKind.EndingSoon, default, 0));
        }

        return reasons;
    }

    /// <summary>Adds the items with the largest contributions above zero; the weights of all such items sum to the score.</summary>
    private static void AddItems(ref RankReasons reasons, RankingState state, in PastItems past, int row, float score, int room)
    {
        if (state.Explanations is not { } explanations || state.Insight is not { } insight)
        {
            return;
        }

        Span<ScoredRow> buffer = stackalloc ScoredRow[RankReasons.Capacity];
        var strongest = new TopK(buffer[..room]);
        FactorMatrix items = insight.Model.ItemFactors;
        ReadOnlySpan<float> explanation = explanations.Row(row);
        double total = 0;
        for (int i = 0; i < past.Rows.Length; i++)
        {
            float share = past.Weights[i] * VectorMath.Dot(explanation, items.Row(past.Rows[i]));
            if (share > 0)
            {
                total += share;
                strongest.Add(past.Rows[i], share);
            }
        }

        int count = strongest.Finish();
        for (int i = 0; i < count; i++)
        {
            var item = new ItemId(insight.Model.Items.IdAt(buffer[i].Row));
            reasons.TryAdd(new RankReason(RankReasonKind.BecauseYouLiked, item, (float)(score * (buffer[i].Score / total))));
        }
    }
}
