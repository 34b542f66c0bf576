using PromoRec.Models;
using PromoRec.Models.Hybrid;
using PromoRec.Models.Interest;
using PromoRec.Models.Knn;

namespace PromoRec.Scoring;

/// <summary>Makes the scorers of a model over the offers of a catalog.</summary>
internal static class OfferScorers
{
    /// <summary>The scorer of one model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="insight">What explaining a model of factors needs.</param>
    /// <param name="sets">The items of the offers.</param>
    /// <param name="popularity">The popularity of the offers.</param>
    public static OfferScorer Of(RecommendationModel model, FactorInsight? insight, OfferTargetSets sets, OfferPopularity popularity) => model switch
    {
        FactorModel factors => new AffinityScorer(ReferenceEquals(insight?.Model, factors) ? insight : FactorInsight.Of(factors), sets),
        ItemItemModel items => new ItemItemScorer(items, sets),
        InterestModel interest => new InterestScorer(interest, sets),
        UserKnnModel users => new UserNeighboursScorer(users, sets),
        _ => new PopularityScorer(popularity),
    };

    /// <summary>The sources of a hybrid, in the order of its members.</summary>
    public static OfferSource[] Of(HybridModel hybrid, FactorInsight? insight, OfferTargetSets sets, OfferPopularity popularity) =>
        [.. hybrid.Members.Select((member, at) => new OfferSource(member.Name, Of(member.Model, insight, sets, popularity), hybrid.Weights[at], member.Candidates))];
}
