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
    private readonly RankingRung[] _rungs;
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
            _rungs = [Rules];
            _targetOfModelItem = [];
            _rowOfModelOffer = [];
            return;
        }

        ReadOnlySpan<float> itemPopularity = model.History.ItemPopularity.Span;
        OfferTargetSets sets = OfferTargetSets.Of(catalog, model.Items, itemPopularity, options.TargetSizeExponent);
        Insights = insights ?? new FactorInsights();
        Popularity = OfferPopularity.Of(sets, itemPopularity);
        ColdOffers = sets.ColdOffers;
        var last = new RankingRung(new PopularityScorer(Popularity), "popularity", Model: null);
        if (model is HybridModel hybrid)
        {
            OfferSource[] sources = OfferScorers.Of(hybrid, Insights, catalog, sets, Popularity, options.TargetSizeExponent);
            if (hybrid.Fuses)
            {
                OfferStack? stack = hybrid.Stacker is null ? null : new OfferStack(hybrid, catalog.Count, new OfferTraits(catalog, hybrid, sets));
                float[]? scales = (scale ?? hybrid.Scale) == StackingScale.OfAllCustomers ? OverallScales.Of(sources, model, catalog.Count) : null;
                Fusion = new OfferFusion(sources, hybrid.Fusion, stack, hybrid.FusesForStrangers, scales);
                RankedBy = stack is null ? RankBy.Score : options.RankBy;
            }

            HigherDidNotWin = hybrid.Ladder.Any(rung => !rung.Serves);
            _rungs = [.. hybrid.Alone.Select(at => new RankingRung(sources[at].Scorer, sources[at].Name, hybrid.Members[at].Model)), last, Rules];
        }
        else
        {
            var own = new RankingRung(OfferScorers.Of(model, Insights, number: 0, catalog, sets, Popularity, options.TargetSizeExponent), model.Manifest.Algorithm, model);
            _rungs = own.Scorer.Tier == RankTier.Popularity ? [own, Rules] : [own, last, Rules];
        }

        _targetOfModelItem = catalog.PurchaseTargets.NumbersOf(model.Items);
        _rowOfModelOffer = RowsOf(catalog, model.History.Offers);
    }

    private static RankingRung Rules => new(new RulesScorer(), "rules", Model: null);

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

    /// <summary>What may answer alone, what rests on most knowledge first. The last always answers.</summary>
    public ReadOnlySpan<RankingRung> Rungs => _rungs;

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
