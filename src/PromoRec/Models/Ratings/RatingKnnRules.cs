namespace PromoRec.Models.Ratings;

/// <summary>How rows are compared, and how neighbours make a prediction.</summary>
/// <param name="Centering">What is taken from the ratings of neighbours.</param>
/// <param name="Similarity">How alike two rows are.</param>
/// <param name="ItemBased">Whether items are compared, and not customers.</param>
/// <param name="Neighbours">Most neighbours of a prediction.</param>
/// <param name="MinNeighbours">Fewest neighbours of a prediction.</param>
/// <param name="MinSupport">Fewest common ratings of two rows that are alike.</param>
/// <param name="Shrinkage">Of <see cref="RatingSimilarity.PearsonBaseline"/>.</param>
/// <param name="SimilaritiesPerRow">Most similarities of a row that are kept.</param>
/// <param name="UserRegularization">Weight λᵤ of the squared bias of a customer.</param>
internal sealed record RatingKnnRules(
    RatingCentering Centering,
    RatingSimilarity Similarity,
    bool ItemBased,
    int Neighbours,
    int MinNeighbours,
    int MinSupport,
    double Shrinkage,
    int SimilaritiesPerRow,
    double UserRegularization)
{
    /// <summary>Whether baseline estimates take part.</summary>
    public bool UsesBaselines => Centering == RatingCentering.Baseline || ComparesResiduals;

    /// <summary>Whether what baselines leave of ratings is compared, and not the ratings.</summary>
    public bool ComparesResiduals => Similarity == RatingSimilarity.PearsonBaseline;
}
