using PromoRec.Datasets;
using PromoRec.Models;

namespace PromoRec.Training.ImplicitAls;

/// <summary>Writes down where an ALS model comes from.</summary>
internal static class AlsManifest
{
    public static ModelManifest Create(InteractionDataset dataset, ImplicitAlsOptions options, FactorModel? warmStart, double? loss)
    {
        // Threads and ComputeLoss are left out: they change no factor, so models that differ in them are the same model.
        SortedDictionary<string, string> values = new(StringComparer.Ordinal)
        {
            ["factors"] = TrainedManifest.Text(options.Factors),
            ["iterations"] = TrainedManifest.Text(options.Iterations),
            ["regularization"] = TrainedManifest.Text(options.Regularization),
            ["regularization-exponent"] = TrainedManifest.Text(options.RegularizationExponent),
            ["alpha"] = TrainedManifest.Text(options.Alpha),
            ["add-one-to-confidence"] = TrainedManifest.Text(options.AddOneToConfidence),
            ["unobserved-weight"] = TrainedManifest.Text(options.UnobservedWeight),
            ["unobserved-over"] = options.UnobservedOver == UnobservedPairs.Rest ? "rest" : "all",
            ["solver"] = options.Solver == AlsSolver.Cholesky ? "cholesky" : "cg",
            ["initial-scale"] = TrainedManifest.Text(options.InitialScale),
        };
        if (options.Solver == AlsSolver.ConjugateGradient)
        {
            values["cg-steps"] = TrainedManifest.Text(options.ConjugateGradientSteps);
        }

        if (warmStart is not null)
        {
            values["warm-start"] = warmStart.Manifest.Version;
        }

        return TrainedManifest.Create("implicit-als", dataset, values, options.Seed, loss is { } value ? new Dictionary<string, double> { ["loss"] = value } : null);
    }
}
