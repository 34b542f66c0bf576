using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using PromoRec.Candidates;
using PromoRec.Diagnostics;
using PromoRec.Models;
using PromoRec.Models.Hybrid;
using PromoRec.Models.Ratings;
using PromoRec.Ranking.Reranking;

namespace PromoRec.Ranking;

/// <summary>The slot that holds the model in use. Publishing puts a new one in while customers are served.</summary>
/// <remarks>
/// Any number of threads may use it. Whoever publishes a model or changes the catalog pays for preparing it, on its own thread; requests
/// read one reference, never wait, never fail because of a swap, and never see a mixture of two models or two catalogs. When a call
/// returns, every later request sees its effect.
/// </remarks>
public sealed class LiveModel : IDisposable
{
    private readonly Lock _writing = new();
    private readonly IOfferCatalog _catalog;
    private readonly RankingOptions _options;
    private readonly RerankingOptions _reranking;
    private readonly MerchantExposure? _exposure;
    private readonly ILogger _logger;
    private readonly IDisposable _subscription;
    private volatile RankingState _state;
    private RecommendationModel? _previous;

    /// <exception cref="PromoRecException">The catalog's snapshot has faults.</exception>
    internal LiveModel(IOfferCatalog catalog, RankingOptions options, RecentActivity activity, ILogger logger)
    {
        _catalog = catalog;
        _options = options;
        _reranking = options.Reranking.Copy();
        _exposure = _reranking.MerchantFloor > 0 ? new MerchantExposure(_reranking.MerchantWindow) : null;
        _logger = logger;
        Activity = activity;

        _state = RankingState.Compile(CompiledCatalog.Compile(CatalogSnapshot.Empty), null, null, options);
        _subscription = ChangeToken.OnChange(catalog.GetChangeToken, FollowCatalog);
        try
        {
            // Subscribed before the first look, so that no change falls between; a callback that comes at once waits for the lock.
            lock (_writing)
            {
                Compile(_catalog.Current);
            }
        }
        catch
        {
            // Outside the lock: it waits for a callback that is running, and the callback waits for the lock.
            _subscription.Dispose();
            throw;
        }
    }

    /// <summary>The model in use; null before the first was published.</summary>
    public RecommendationModel? Current => _state.Model;

    /// <summary>The model and catalog in use, for one request to hold.</summary>
    internal RankingState State => _state;

    internal RecentActivity Activity { get; }

    /// <summary>Puts a model into use. The one before it can be restored until another is published.</summary>
    /// <remarks>
    /// The caller pays: what the model knows of all offers is worked out, and the customers with recent events are folded in, before it is in use. With 50,000
    /// such customers that takes seconds, in which catalog changes wait and requests go on with the old state.
    /// </remarks>
    /// <exception cref="PromoRecException">
    /// <see cref="PromoRecErrorCode.UnfitModel"/>: the model is one of ratings, or a hybrid with one, which says nothing about offers; offers are to be ranked by expected value, and it is no stacked hybrid; or it was stacked
    /// with another <see cref="RankingOptions.TargetSizeExponent"/>. What was in use stays.
    /// </exception>
    public void Publish(RecommendationModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        ThrowIfUnfit(model);
        lock (_writing)
        {
            // Publishing what is in use already must not push out the model that RestorePrevious would return to.
            if (!ReferenceEquals(_state.Model, model))
            {
                Use(model);
            }
        }
    }

    /// <summary>Takes back the last <see cref="Publish"/>: the model before it is in use again, and calling this once more returns to the newer one.</summary>
    /// <returns>False, and nothing changes, when no model was in use before the current one.</returns>
    public bool RestorePrevious()
    {
        lock (_writing)
        {
            if (_previous is not { } restored)
            {
                return false;
            }

            Use(restored);
            return true;
        }
    }

    /// <summary>Stops following the catalog. Requests go on with the last model and offers.</summary>
    public void Dispose() => _subscription.Dispose();

    private void ThrowIfUnfit(RecommendationModel model)
    {
        string? ofRatings = model is RatingModel ? "is a model of ratings"
            : (model as HybridModel)?.Members.FirstOrDefault(member => member.Model is RatingModel) is { } rating ? $"is a hybrid of which '{rating.Name}' is a model of ratings"
            : null;
        if (ofRatings is not null)
        {
            throw new PromoRecException(
                PromoRecErrorCode.UnfitModel,
                $"The model '{model.Manifest.Version}' {ofRatings}, which predicts how customers rate items and says nothing about offers. Ask it with Predict or Recommend, and publish a model that was trained on what customers do.");
        }

        if (_options.RankBy == RankBy.ExpectedValue && model is not HybridModel { Stacker: not null })
        {
            string kind = model is HybridModel hybrid ? $"a hybrid whose fusion is {hybrid.Fusion}" : $"one of '{model.Manifest.Algorithm}'";
            throw new PromoRecException(
                PromoRecErrorCode.UnfitModel,
                $"RankingOptions.RankBy is ExpectedValue, which takes the probabilities of a stacked hybrid, but the model '{model.Manifest.Version}' is {kind}. Stack it with OfferStackingTrainer and HybridModel.Stacked, or rank by Score.");
        }

        if (model is HybridModel { Stacker: { } stacker, Fuses: true } && StackingSchema.TargetSizeExponentOf(stacker) is { } learnt && learnt != _options.TargetSizeExponent)
        {
            throw new PromoRecException(
                PromoRecErrorCode.UnfitModel,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The model '{model.Manifest.Version}' was stacked with the TargetSizeExponent {learnt}, but RankingOptions.TargetSizeExponent is {_options.TargetSizeExponent}: scores and probabilities would not be those that were learnt. Set {learnt} here, or stack again with OfferStackingOptions.Ranking as here."));
        }
    }

    private void Use(RecommendationModel model)
    {
        // A text id is decoded when it is first asked for: asking here keeps requests free of allocations.
        foreach (RecommendationModel named in model is HybridModel hybrid ? hybrid.Members.Select(member => member.Model).Prepend(model) : [model])
        {
            for (int row = 0; row < named.ItemCount; row++)
            {
                _ = named.Items.IdAt(row);
            }
        }

        // Customers with new events are folded into the new model before it is in use, so that none falls back in between.
        RecommendationModel? replaced = _state.Model;
        Activity.Prepare(model, replaced);
        _state = RankingState.Compile(_state.Catalog, model, null, _options, _state.Reranker);
        _previous = replaced;
        PromoRecMeter.ModelsPublished.Add(1);
        Log.ModelPublished(_logger, model.Manifest.Version, model.Manifest.Algorithm, model.UserCount, model.ItemCount, _state.ColdOffers, _state.Catalog.Count);
        ContentWarnings.OfTokenizers(_logger, model);
        ContentWarnings.OfEmbeddings(_logger, model, _state.Catalog.Snapshot);
    }

    private void FollowCatalog()
    {
        try
        {
            lock (_writing)
            {
                CatalogSnapshot snapshot = _catalog.Current;
                if (!ReferenceEquals(snapshot, _state.Catalog.Snapshot))
                {
                    Compile(snapshot);
                }
            }
        }
        catch (Exception fault)
        {
            // It runs on whatever thread fires the token, which may not be able to do anything about it: the offers before stay.
            PromoRecMeter.CatalogsRefused.Add(1);
            Log.CatalogRefused(_logger, fault);
        }
    }

    private void Compile(CatalogSnapshot? snapshot)
    {
        if (snapshot is null)
        {
            throw new PromoRecException(
                PromoRecErrorCode.InvalidCatalog, "IOfferCatalog.Current is null. Return CatalogSnapshot.Empty as long as there are no offers.");
        }

        CompiledCatalog catalog = CompiledCatalog.Compile(snapshot);
        _state = RankingState.Compile(catalog, _state.Model, _state.Insights, _options, Reranker.Compile(_reranking, catalog, _exposure));
        PromoRecMeter.CatalogsCompiled.Add(1);
        if (_state.Model is null)
        {
            Log.CatalogCompiledWithoutModel(_logger, catalog.Count, snapshot.Items.Count);
        }
        else
        {
            Log.CatalogCompiled(_logger, catalog.Count, snapshot.Items.Count, _state.ColdOffers);
            ContentWarnings.OfEmbeddings(_logger, _state.Model, snapshot);
        }
    }
}
