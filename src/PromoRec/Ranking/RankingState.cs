using PromoRec.Candidates;
using PromoRec.Datasets;
using PromoRec.Models;
using PromoRec.Models.Hybrid;
using PromoRec.Ranking.Reranking;
using PromoRec.Scoring;

namespace PromoRec.Ranking;

/// <summary>One model and one catalog, worked out together. Immutable: a request that holds it sees no mixture of two.</summary>
internal sealed class RankingState
{
    private readonly OfferScorer[] _rungs;
    private readonly int[] _targetOfModelItem;
    private readonly int[] _rowOfModelOffer;

    private RankingState(CompiledCatalog catalog, RecommendationModel? model, FactorInsights? insights, RankingOptions options, Reranker? reranker, StackingScale? scale)
    {
        Reranker = reranker;
        Catalog = catalog;
        Model = model;
        if (model is null)
        {
            Popularity = OfferPopularity.Unknown(catalog.Count);
            ColdOffers = catalog.Count;
            _rungs = [new RulesScorer()];
            _targetOfModelItem = [];
            _rowOfModelOffer = [];
            return;
        }

        ReadOnlySpan<float> itemPopularity = model.History.ItemPopularity.Span;
        OfferTargetSets sets = OfferTargetSets.Of(catalog, model.Items, itemPopularity, options.TargetSizeExponent);
        Insights = insights ?? new FactorInsights();
        Popularity = OfferPopularity.Of(sets, itemPopularity);
        ColdOffers = sets.ColdOffers;
        OfferScorer last = new PopularityScorer(Popularity);
        if (model is HybridModel hybrid)
        {
            OfferSource[] sources = OfferScorers.Of(hybrid, Insights, catalog, sets, Popularity, options.TargetSizeExponent);
            if (hybrid.Serves(RankTier.Hybrid))
            {
                OfferStack? stack = hybrid.Stacker is null ? null : new OfferStack(hybrid, catalog.Count, new OfferTraits(catalog, hybrid, sets));
                float[]? scales = (scale ?? hybrid.Scale) == StackingScale.OfAllCustomers ? OverallScales.Of(sources, model, catalog.Count) : null;
                Fusion = new OfferFusion(sources, hybrid.Fusion, stack, servesStrangers: hybrid.Ladder.Count == 0, scales);
                RankedBy = stack is null ? RankBy.Score : options.RankBy;
            }

            // Where the hybrid knows nothing of a customer, its members do not either but for popularity, unless it may not answer at all.
            OfferScorer[] members = [.. sources.Where((source, at) => (Fusion is null || source.Scorer.Tier <= RankTier.Popularity) && IsBest(hybrid, at)).Select(source => source.Scorer).OrderByDescending(scorer => scorer.Tier)];
            HigherDidNotWin = hybrid.Ladder.Any(rung => !rung.Serves);
            _rungs = [.. members, last, new RulesScorer()];
        }
        else
        {
            OfferScorer own = OfferScorers.Of(model, Insights, number: 0, catalog, sets, Popularity, options.TargetSizeExponent);
            _rungs = own.Tier == RankTier.Popularity ? [own, new RulesScorer()] : [own, last, new RulesScorer()];
        }

        _targetOfModelItem = catalog.PurchaseTargets.NumbersOf(model.Items);
        _rowOfModelOffer = RowsOf(catalog, model.History.Offers);
    }

    public CompiledCatalog Catalog { get; }

    /// <summary>Null before the first model.</summary>
    public RecommendationModel? Model { get; }

    /// <summary>What explaining the model's factors needs; null before the first model.</summary>
    public FactorInsights? Insights { get; }

    public OfferPopularity Popularity { get; }

    /// <summary>Offers with no item that the model knows.</summary>
    public int ColdOffers { get; }

    /// <summary>Puts several models' scores together; null where one model answers.</summary>
    public OfferFusion? Fusion { get; }

    /// <summary>By what the answers of <see cref="Fusion"/> stand in order; all others go by the score.</summary>
    public RankBy RankedBy { get; }

    /// <summary>Decides about places by more than the score; null where nothing else is asked for.</summary>
    public Reranker? Reranker { get; }

    /// <summary>The scorers that may answer, the one that rests on most knowledge first. The last always answers.</summary>
    public ReadOnlySpan<OfferScorer> Rungs => _rungs;

    /// <summary>Whether a kind of knowledge that the model has may not answer, because it did not lead.</summary>
    public bool HigherDidNotWin { get; }

    public string ModelVersion => Model?.Manifest.Version ?? string.Empty;

    /// <summary>For each item of the model its number among the purchase targets, or -1.</summary>
    public ReadOnlySpan<int> TargetOfModelItem => _targetOfModelItem;

    /// <summary>For each offer of the model's history its row in the catalog, or -1.</summary>
    public ReadOnlySpan<int> RowOfModelOffer => _rowOfModelOffer;

    /// <param name="catalog">The offers.</param>
    /// <param name="model">The model; null before the first.</param>
    /// <param name="insights">What was worked out for this model before, or null.</param>
    /// <param name="options">How to rank.</param>
    /// <param name="reranker">What decides beside the score, over the same catalog; null for nothing.</param>
    /// <param name="scale">By what a hybrid's scores are divided, for a hybrid that is to be stacked; its own unless given.</param>
    public static RankingState Compile(CompiledCatalog catalog, RecommendationModel? model, FactorInsights? insights, RankingOptions options, Reranker? reranker = null, StackingScale? scale = null) =>
        new(catalog, model, insights, options, reranker, scale);

    /// <summary>Whether a member is the one that stands for its kind on the ladder, and may answer.</summary>
    private static bool IsBest(HybridModel hybrid, int member) =>
        hybrid.Ladder.Any(rung => rung.Serves && rung.Tier == hybrid.Members[member].Model.Tier && rung.Name == hybrid.Members[member].Name);

    private static int[] RowsOf(CompiledCatalog catalog, IdIndex offers)
    {
        var rows = new int[offers.Count];
        Array.Fill(rows, -1);
        ReadOnlySpan<Offer> current = catalog.Offers;
        for (int row = 0; row < current.Length; row++)
        {
            if (offers.TryGetRow(current[row].Id.Value, out int modelRow))
            {
                rows[modelRow] = row;
            }
        }

        return rows;
    }
}
