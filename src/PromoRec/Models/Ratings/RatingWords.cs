namespace PromoRec.Models.Ratings;

/// <summary>What similarities and centerings are called in model files and manifests.</summary>
internal static class RatingWords
{
    public static Words<RatingSimilarity> Similarities { get; } = new(
        ("msd", RatingSimilarity.MeanSquaredDifference), ("cosine", RatingSimilarity.Cosine), ("pearson", RatingSimilarity.Pearson), ("pearson-baseline", RatingSimilarity.PearsonBaseline));

    public static Words<RatingCentering> Centerings { get; } = new(
        ("none", RatingCentering.None), ("mean", RatingCentering.Mean), ("baseline", RatingCentering.Baseline));
}
