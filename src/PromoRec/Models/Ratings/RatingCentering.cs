namespace PromoRec.Models.Ratings;

/// <summary>What is taken from the ratings of neighbours before they are averaged, and given back to the average.</summary>
public enum RatingCentering
{
    /// <summary>Nothing: the prediction is the weighted mean of the neighbours' ratings, or the mean of all ratings where there are no neighbours. Surprise calls it KNNBasic.</summary>
    None,

    /// <summary>The mean of each one's ratings. Surprise calls it KNNWithMeans.</summary>
    Mean,

    /// <summary>The baseline estimate of each rating. Surprise calls it KNNBaseline.</summary>
    Baseline,
}
