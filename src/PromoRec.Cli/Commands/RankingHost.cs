using Microsoft.Extensions.DependencyInjection;
using PromoRec.Models;
using PromoRec.Ranking;

namespace PromoRec.Cli.Commands;

/// <summary>PromoRec as an application would host it: services, a catalog, a live model and a ranker.</summary>
internal sealed class RankingHost : IDisposable
{
    private readonly ServiceProvider _services;

    public RankingHost(RecommendationModel model, OfferSource source, IReadOnlySet<string> segmentsOfEverybody, TimeProvider time)
    {
        var services = new ServiceCollection();
        services.AddSingleton(source.At is { } at ? new FixedTime(at) : time);
        services.AddPromoRec(options => options.Ranking.TargetSizeExponent = source.TargetSizeExponent)
            .UseOfferCatalog(new InMemoryOfferCatalog(source.Snapshot))
            .UseCustomerDirectory(new FileCustomerDirectory(source.Segments, segmentsOfEverybody));
        _services = services.BuildServiceProvider();
        _services.GetRequiredService<LiveModel>().Publish(model);
        Ranker = _services.GetRequiredService<IOfferRanker>();
    }

    public IOfferRanker Ranker { get; }

    public void Dispose() => _services.Dispose();
}
