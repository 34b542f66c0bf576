using PromoRec.Numerics;
using PromoRec.Ranking.Reranking;

namespace PromoRec.Ranking;

/// <summary>Puts the candidates of a stacked hybrid in the order of their expected values. Equals stand in the order of their scores: calibration makes many of them.</summary>
internal static class ExpectedValueOrder
{
    /// <summary>What it brings on average to show an offer.</summary>
    /// <param name="state">The stack and the offers.</param>
    /// <param name="row">The offer.</param>
    /// <param name="score">Its log odds, finite.</param>
    public static float ValueOf(RankingState state, int row, float score) => state.Catalog.Offers[row].ExpectedValueAt(state.Fusion!.Stack!.ProbabilityOf(score));

    /// <summary>Sorts.</summary>
    /// <param name="candidates">Offers with their scores, which their expected values replace.</param>
    /// <param name="state">The stack and the offers.</param>
    /// <param name="scratch">Room for the keys.</param>
    public static void Sort(Span<ScoredRow> candidates, RankingState state, RerankScratch scratch)
    {
        RerankSelection.Sort(candidates, scratch);
        Span<ulong> keys = scratch.Keys(candidates.Length);
        for (int place = 0; place < candidates.Length; place++)
        {
            (int row, float score) = candidates[place];
            candidates[place] = new ScoredRow(row, ValueOf(state, row, score));
            keys[place] = RerankSelection.KeyOf(candidates[place].Score, place);
        }

        keys.Sort(candidates);
    }
}
