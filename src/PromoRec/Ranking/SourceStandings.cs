using PromoRec.Models.Hybrid;
using PromoRec.Numerics;
using PromoRec.Scoring;

namespace PromoRec.Ranking;

/// <summary>Says how one offer stands in the lists of a hybrid's sources.</summary>
internal static class SourceStandings
{
    public static SourceStanding[] Of(OfferFusion fusion, in FusedCandidates candidates, uint answered, int row, int[] admitted, int wanted)
    {
        var standings = new SourceStanding[fusion.Sources.Length];
        for (int i = 0; i < standings.Length; i++)
        {
            OfferSource source = fusion.Sources[i];
            var standing = new SourceStanding
            {
                Name = source.Name,
                Tier = source.Scorer.Tier,
                Answered = (answered & (1u << i)) != 0,
                Weight = source.Weight,
                Quota = fusion.QuotaOf(i, wanted, admitted.Length),
            };
            standings[i] = standing.Answered ? Complete(standing, fusion, candidates, i, row, admitted) : standing;
        }

        return standings;
    }

    /// <summary>The place of a row among others by score, from 1; equal scores stand in the order of their rows, and what is no number stands behind everything.</summary>
    public static int PlaceOf(int row, ReadOnlySpan<int> rows, ReadOnlySpan<float> scores)
    {
        var own = new ScoredRow(row, scores[row]);
        int place = 1;
        foreach (int other in rows)
        {
            place += other != row && new ScoredRow(other, scores[other]).IsBefore(own) ? 1 : 0;
        }

        return place;
    }

    /// <summary>A score that is no number counts as none, as in the ranking.</summary>
    public static float Finite(float score) => float.IsFinite(score) ? score : 0;

    private static SourceStanding Complete(SourceStanding standing, OfferFusion fusion, in FusedCandidates candidates, int source, int row, int[] admitted)
    {
        ReadOnlySpan<float> scores = candidates.ScoresOf(source);
        standing = standing with { Score = float.IsFinite(scores[row]) ? scores[row] : null, LastNamedScore = LastNamed(scores, admitted, standing.Quota!.Value) };
        if (standing.Score is null || admitted.AsSpan().BinarySearch(row) < 0)
        {
            return standing;
        }

        int rank = PlaceOf(row, admitted, scores);
        bool named = standing.Score > 0 && rank <= standing.Quota;
        float scale = candidates.ScaleOf(source);
        float byRank = named ? FusionTerms.ReciprocalRank(1, rank - 1) : 0;
        float normalised = Finite(fusion.Kind == HybridFusion.ReciprocalRank ? byRank : fusion.Normalised(scores[row], scale));
        int number = candidates.NumberOf(row);
        float term = Finite(number >= 0 ? candidates.TermsOf(number)[source] : standing.Weight * normalised);
        return standing with { Rank = rank, Named = named, Normalised = normalised, Term = term };
    }

    /// <summary>The score of the last offer that a source names; null where it names none.</summary>
    private static float? LastNamed(ReadOnlySpan<float> scores, int[] admitted, int quota)
    {
        var buffer = new ScoredRow[quota];
        var top = new TopK(buffer);
        foreach (int row in admitted)
        {
            top.Add(row, scores[row]);
        }

        int count = top.Finish();
        while (count > 0 && !(buffer[count - 1].Score > 0))
        {
            count--;
        }

        return count > 0 && float.IsFinite(buffer[count - 1].Score) ? buffer[count - 1].Score : null;
    }
}
