using System.Globalization;
using PromoRec.Datasets;
using PromoRec.Models;
using PromoRec.Numerics;

namespace PromoRec.Training;

/// <summary>Refuses data whose values are too large for single precision, so that no model is made whose numbers, or whose scores, are infinite or no numbers.</summary>
internal static class Overflow
{
    /// <summary>The model, if all its scores are finite.</summary>
    /// <exception cref="TrainingException">They need not be.</exception>
    public static T Checked<T>(T model, InteractionDataset dataset)
        where T : RecommendationModel
    {
        // Written so that a NaN fails it.
        double largest = model.LargestScore;
        return largest <= float.MaxValue ? model : throw Of("Scores of this model", largest, dataset);
    }

    /// <param name="what">What overflows, in the plural.</param>
    /// <param name="size">How large it may become.</param>
    /// <param name="dataset">The interactions.</param>
    public static TrainingException Of(string what, double size, InteractionDataset dataset) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{what} may come to {size:G3}, but single precision holds at most {float.MaxValue:G3}: the values of the interactions, which go up to {Magnitude.Largest(dataset.ByUser.AllValues):G3} in size, are too large. Scale them down, or set {nameof(DatasetOptions)}.{nameof(DatasetOptions.MaxValue)}."));
}
