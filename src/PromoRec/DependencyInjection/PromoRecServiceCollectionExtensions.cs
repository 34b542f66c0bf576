using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PromoRec.DependencyInjection;
using PromoRec.Models;
using PromoRec.Ranking;

namespace PromoRec;

/// <summary>Adds PromoRec to a host's services.</summary>
public static class PromoRecServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IOfferRanker"/>, <see cref="LiveModel"/> and, unless the host has its own, an <see cref="InMemoryOfferCatalog"/> without offers.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets options. They are checked when the host starts, or else when the ranker is first resolved, and all faults are reported at once.</param>
    /// <returns>A builder whose extension methods choose the parts.</returns>
    /// <remarks>A second call adds nothing; its <paramref name="configure"/> runs after the first one's.</remarks>
    public static PromoRecBuilder AddPromoRec(this IServiceCollection services, Action<PromoRecOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (!services.Any(service => service.ServiceType == typeof(RecentActivity)))
        {
            services.AddOptionsWithValidateOnStart<PromoRecOptions, PromoRecOptionsValidator>();
            services.AddSingleton(provider => new RecentActivity(OptionsOf(provider).Ranking));
            services.AddSingleton(CreateLiveModel);
            services.TryAddSingleton<InMemoryOfferCatalog>();
            services.TryAddSingleton<IOfferCatalog>(provider => provider.GetRequiredService<InMemoryOfferCatalog>());
            services.TryAddSingleton<IOfferRanker>(CreateRanker);
        }

        if (configure is not null)
        {
            services.Configure(configure);
        }

        return new PromoRecBuilder(services);
    }

    private static LiveModel CreateLiveModel(IServiceProvider provider)
    {
        PromoRecOptions options = OptionsOf(provider);
        ILogger logger = (ILogger?)provider.GetService<ILogger<LiveModel>>() ?? NullLogger.Instance;
        var live = new LiveModel(provider.GetRequiredService<IOfferCatalog>(), options.Ranking, provider.GetRequiredService<RecentActivity>(), logger);
        if (options.ModelPath is not null)
        {
            live.Publish(RecommendationModel.Load(options.ModelPath, options.ModelLoading));
        }

        return live;
    }

    private static OfferRanker CreateRanker(IServiceProvider provider) =>
        new(provider.GetRequiredService<LiveModel>(), provider.GetService<ICustomerDirectory>(), provider.GetService<TimeProvider>() ?? TimeProvider.System);

    private static PromoRecOptions OptionsOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<PromoRecOptions>>().Value;
}
