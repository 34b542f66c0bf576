using PromoRec.Datasets;
using PromoRec.Numerics;
using PromoRec.Training.ImplicitAls;

namespace PromoRec.Benchmarks.Training;

/// <summary>What an ALS iteration cannot do without.</summary>
internal static class AlsWork
{
    /// <summary>Floating point operations; a multiply-add counts as two.</summary>
    public static double Operations(InteractionDataset data, ImplicitAlsOptions options)
    {
        double k = options.Factors;
        double rows = data.UserCount + data.ItemCount;
        double observed = 2.0 * data.Count;

        // The residual after the last step is not needed, so that its pass over the observed rows is one product each, not two.
        // YᵀY is symmetric: half of 2k² a row.
        double gram = rows * k * k;
        double solve = options.Solver == AlsSolver.Cholesky
            ? (observed * ((k * k) + (2 * k))) + (rows * ((k * k * k / 3) + (2 * k * k)))
            : (observed * ((4 * options.ConjugateGradientSteps) + 2) * k) + (rows * (options.ConjugateGradientSteps + 1) * 2 * k * k);
        return gram + solve;
    }

    /// <summary>Factor rows of both sides, each read once for every pair, in GB.</summary>
    public static double GatheredGigabytes(InteractionDataset data, int factors) => 2.0 * data.Count * FactorMatrix.StrideFor(factors) * sizeof(float) / 1e9;
}
