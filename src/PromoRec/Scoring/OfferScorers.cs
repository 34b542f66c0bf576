using PromoRec.Candidates;
using PromoRec.Models;
using PromoRec.Models.Content;
using PromoRec.Models.Hybrid;
using PromoRec.Models.Interest;
using PromoRec.Models.Knn;
using PromoRec.Models.Popularity;

namespace PromoRec.Scoring;

/// <summary>Makes the scorers of a model over the offers of a catalog.</summary>
internal static class OfferScorers
{
    /// <summary>The scorer of one model. A model that says nothing of its own about offers ranks them by popularity.</summary>
    /// <param name="model">The model.</param>
    /// <param name="insights">What explaining models of factors needs, as far as it is worked out.</param>
    /// <param name="number">Which of the folding models it is; -1 for none.</param>
    /// <param name="catalog">The offers.</param>
    /// <param name="sets">The items of the offers, in the rows of the model.</param>
    /// <param name="popularity">The popularity of the offers.</param>
    /// <param name="exponent">β; see <see cref="OfferTargetSets"/>.</param>
    public static OfferScorer Of(RecommendationModel model, FactorInsights insights, int number, CompiledCatalog catalog, OfferTargetSets sets, OfferPopularity popularity, double exponent) => model switch
    {
        FactorModel factors => new AffinityScorer(insights.Of(factors), sets, number),
        ItemItemModel items => new ItemItemScorer(items, sets),
        InterestModel interest => new InterestScorer(interest, sets),
        ContentModel content => new ContentScorer(content, ContentOffers.Of(content, catalog, sets, exponent)),
        UserKnnModel users => new UserNeighboursScorer(users, sets),
        PopularityModel segments => new SegmentPopularityScorer(segments, sets),
        _ => new PopularityScorer(popularity),
    };

    /// <summary>The sources of a hybrid, in the order of its members.</summary>
    /// <param name="hybrid">The hybrid.</param>
    /// <param name="insights">What explaining models of factors needs, as far as it is worked out.</param>
    /// <param name="catalog">The offers.</param>
    /// <param name="sets">The items of the offers, in the rows of the hybrid.</param>
    /// <param name="popularity">The popularity of the offers.</param>
    /// <param name="exponent">β; see <see cref="OfferTargetSets"/>.</param>
    public static OfferSource[] Of(HybridModel hybrid, FactorInsights insights, CompiledCatalog catalog, OfferTargetSets sets, OfferPopularity popularity, double exponent)
    {
        var sources = new OfferSource[hybrid.Members.Count];
        RecommendationModel[] folding = [.. hybrid.FoldingModels];
        for (int i = 0; i < sources.Length; i++)
        {
            HybridMember member = hybrid.Members[i];
            int[]? rowOf = hybrid.RowsOf(i);
            OfferTargetSets own = rowOf is null ? sets : OfferTargetSets.Of(catalog, member.Model.Items, member.Model.History.ItemPopularity.Span, exponent);
            OfferScorer scorer = Of(member.Model, insights, Array.IndexOf(folding, member.Model), catalog, own, popularity, exponent);
            if (!hybrid.SharesHistory(i))
            {
                scorer = new OwnHistoryScorer(scorer, member.Model.History);
            }

            if (rowOf is not null)
            {
                scorer = new NarrowScorer(scorer, member.Model.Items, rowOf);
            }

            sources[i] = new OfferSource(member.Name, scorer, hybrid.Weights[i], member.Candidates);
        }

        return sources;
    }
}
