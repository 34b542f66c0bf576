using PromoRec.Datasets;
using PromoRec.Numerics;

namespace PromoRec.Training.ImplicitAls;

/// <summary>The factors before the first iteration: small random numbers, or those of an earlier model where it knows the id.</summary>
internal static class StartValues
{
    /// <param name="ids">The ids of the rows.</param>
    /// <param name="options">Factors, scale and seed.</param>
    /// <param name="side">0 for customers, 1 for items: the two sides draw from different streams.</param>
    /// <param name="knownIds">Ids of the earlier model.</param>
    /// <param name="knownFactors">Factors of the earlier model; none unless given.</param>
    /// <exception cref="TrainingException">The rows are too many for one matrix.</exception>
    public static FactorMatrix Create(IdIndex ids, ImplicitAlsOptions options, ulong side, IdIndex? knownIds, FactorMatrix? knownFactors)
    {
        if (!FactorMatrix.Fits(ids.Count, options.Factors))
        {
            Throw.TooLarge(ids.Count, options);
        }

        FactorMatrix factors = FactorMatrix.Create(ids.Count, options.Factors);
        float scale = (float)(options.InitialScale / Math.Sqrt(options.Factors));
        for (int row = 0; row < factors.Rows; row++)
        {
            Span<float> target = factors.Row(row)[..options.Factors];
            if (knownIds is not null && knownIds.TryGetRow(ids.IdAt(row), out int knownRow))
            {
                knownFactors!.Row(knownRow)[..options.Factors].CopyTo(target);
                continue;
            }

            // A stream for every row, so that a row's numbers do not depend on what was drawn before it.
            var random = new SeededRandom(options.Seed, (side << 32) | (uint)row);
            for (int factor = 0; factor < target.Length; factor++)
            {
                target[factor] = scale * (float)random.NextGaussian();
            }
        }

        return factors;
    }
}
