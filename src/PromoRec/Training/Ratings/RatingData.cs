using PromoRec.Datasets;
using PromoRec.Models.Ratings;

namespace PromoRec.Training.Ratings;

/// <summary>What trainers ask of ratings.</summary>
internal static class RatingData
{
    /// <exception cref="TrainingException">There is no rating.</exception>
    public static RatingScale ScaleOf(InteractionDataset dataset) => dataset.Count > 0
        ? RatingScale.Of(dataset.ByUser)
        : throw new TrainingException("There is no rating to learn from. Add interactions of kind Rating whose values are not zero.");
}
