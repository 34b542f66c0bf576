using System.Numerics.Tensors;
using PromoRec.Models;
using PromoRec.Scoring;

namespace PromoRec.Ranking;

/// <summary>The largest score that a source gives to an offer, in the mean over customers.</summary>
internal static class OverallScales
{
    /// <summary>More customers make the mean no better, and publishing slower.</summary>
    private const int MostCustomers = 1_000;

    /// <param name="sources">The sources.</param>
    /// <param name="model">Their hybrid.</param>
    /// <param name="offers">How many offers there are.</param>
    /// <returns>For each source the mean over up to 1,000 customers, evenly spread by id, of those with a score above zero; 0 where there is none.</returns>
    public static float[] Of(OfferSource[] sources, RecommendationModel model, int offers)
    {
        var sums = new double[sources.Length];
        var counts = new int[sources.Length];
        var scratch = new ScoringScratch();
        var scores = new float[offers];
        int customers = Math.Min(MostCustomers, model.History.ByUser.Rows);
        for (int i = 0; i < customers; i++)
        {
            KnownCustomer customer = CustomerView.Trained(model, (int)((long)i * model.History.ByUser.Rows / customers));
            for (int source = 0; source < sources.Length; source++)
            {
                if (sources[source].Scorer.TryScore(customer, scratch, scores) && offers > 0 && TensorPrimitives.MaxNumber(scores) is > 0 and < float.PositiveInfinity and var largest)
                {
                    sums[source] += largest;
                    counts[source]++;
                }
            }
        }

        return [.. sums.Select((sum, source) => counts[source] == 0 ? 0 : (float)(sum / counts[source]))];
    }
}
