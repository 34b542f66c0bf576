using Microsoft.Extensions.DependencyInjection;
using PromoRec.Cli.Output;
using PromoRec.Models;
using PromoRec.Models.Hybrid;
using PromoRec.Models.Ratings;
using PromoRec.Ranking;
using PromoRec.Ranking.Reranking;

namespace PromoRec.Cli.Commands;

/// <summary>PromoRec as an application would host it: services, a catalog, a live model and a ranker.</summary>
internal sealed class RankingHost : IDisposable
{
    private readonly ServiceProvider _services;

    /// <exception cref="UsageException">The model ranks no offers; they are to be ranked by expected value, and it gives no probability; or it was stacked with another exponent.</exception>
    public RankingHost(RecommendationModel model, OfferSource source, IReadOnlySet<string> segmentsOfEverybody, TimeProvider time)
    {
        if (source.RankBy == RankBy.ExpectedValue && model is not HybridModel { Stacker: not null })
        {
            throw new UsageException("--expected-value takes the probabilities of a stacked hybrid, and this model gives none. Stack one with the library (docs/guide/hybrid.md), or leave it out.");
        }

        if (model is RatingModel)
        {
            throw new UsageException("A model of ratings predicts how customers rate items, and ranks no offers. Leave --offers out for the items with the highest predictions, or take a model of another family.");
        }

        var services = new ServiceCollection();
        services.AddSingleton(source.At is { } at ? new FixedTime(at) : time);
        services.AddPromoRec(options => Set(options.Ranking, source))
            .UseOfferCatalog(new InMemoryOfferCatalog(source.Snapshot))
            .UseCustomerDirectory(new FileCustomerDirectory(source.Segments, segmentsOfEverybody));
        _services = services.BuildServiceProvider();
        try
        {
            _services.GetRequiredService<LiveModel>().Publish(model);
        }
        catch (PromoRecException fault) when (fault.Code == PromoRecErrorCode.UnfitModel)
        {
            _services.Dispose();
            throw new UsageException(ApiWords.Of(fault.Message));
        }

        Ranker = _services.GetRequiredService<IOfferRanker>();
    }

    public IOfferRanker Ranker { get; }

    private static void Set(RankingOptions options, OfferSource source)
    {
        options.TargetSizeExponent = source.TargetSizeExponent;
        options.RankBy = source.RankBy;
        RerankingOptions reranking = options.Reranking;
        reranking.Diversity = source.Reranking.Diversity;
        reranking.MaxPerCategory = source.Reranking.MaxPerCategory;
        reranking.MaxPerBrand = source.Reranking.MaxPerBrand;
        reranking.MarginWeight = source.Reranking.MarginWeight;
        reranking.PopularityDamping = source.Reranking.PopularityDamping;
    }

    public void Dispose() => _services.Dispose();
}
