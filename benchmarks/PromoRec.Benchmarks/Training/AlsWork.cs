using PromoRec.Datasets;
using PromoRec.Training.ImplicitAls;

namespace PromoRec.Benchmarks.Training;

/// <summary>Floating point operations that an ALS iteration cannot do without; a multiply-add counts as two.</summary>
internal static class AlsWork
{
    public static double Operations(InteractionDataset data, ImplicitAlsOptions options)
    {
        double k = options.Factors;
        double rows = data.UserCount + data.ItemCount;
        double observed = 2.0 * data.Count;

        // YᵀY is symmetric: half of 2k² a row.
        double gram = rows * k * k;
        double solve = options.Solver == AlsSolver.Cholesky
            ? (observed * ((k * k) + (2 * k))) + (rows * ((k * k * k / 3) + (2 * k * k)))
            : (options.ConjugateGradientSteps + 1) * ((observed * 4 * k) + (rows * 2 * k * k));
        return gram + solve;
    }
}
