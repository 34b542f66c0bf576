using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PromoRec.DependencyInjection;
using PromoRec.Interactions;
using PromoRec.Models;
using PromoRec.Profiles;
using PromoRec.Ranking;

namespace PromoRec;

/// <summary>Chooses the parts of PromoRec. Each method replaces what was chosen before.</summary>
public static class PromoRecBuilderExtensions
{
    /// <summary>Takes offers from the host's own catalog, made by the container once.</summary>
    public static PromoRecBuilder UseOfferCatalog<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TCatalog>(this PromoRecBuilder builder)
        where TCatalog : class, IOfferCatalog
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<TCatalog>();
        builder.Services.Replace(ServiceDescriptor.Singleton<IOfferCatalog>(provider => provider.GetRequiredService<TCatalog>()));
        return builder;
    }

    /// <summary>Takes offers from a catalog that the host has made, an <see cref="InMemoryOfferCatalog"/> for instance.</summary>
    public static PromoRecBuilder UseOfferCatalog(this PromoRecBuilder builder, IOfferCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(catalog);
        if (catalog is InMemoryOfferCatalog inMemory)
        {
            builder.Services.Replace(ServiceDescriptor.Singleton(inMemory));
        }

        builder.Services.Replace(ServiceDescriptor.Singleton(catalog));
        return builder;
    }

    /// <summary>Takes segments from the host's own customers, made by the container once. Without it, offers for segments are shown to nobody.</summary>
    public static PromoRecBuilder UseCustomerDirectory<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TDirectory>(this PromoRecBuilder builder)
        where TDirectory : class, ICustomerDirectory
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<TDirectory>();
        builder.Services.Replace(ServiceDescriptor.Singleton<ICustomerDirectory>(provider => provider.GetRequiredService<TDirectory>()));
        return builder;
    }

    /// <summary>Takes segments from a directory that the host has made.</summary>
    public static PromoRecBuilder UseCustomerDirectory(this PromoRecBuilder builder, ICustomerDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(directory);
        builder.Services.Replace(ServiceDescriptor.Singleton(directory));
        return builder;
    }

    /// <summary>Loads a model file, of any family that ranks offers, when the ranker is first resolved. Later models are put into use with <see cref="LiveModel.Publish"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="path">The file; a path that is not rooted is taken from the current directory. If it is missing, the host does not start, and the error names it; if it is damaged or ranks no offers, resolving the ranker fails.</param>
    /// <param name="configure">Sets how it is loaded: with the host's own tokenizers, for instance.</param>
    public static PromoRecBuilder UseModel(this PromoRecBuilder builder, string path, Action<ModelLoadOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        builder.Services.Configure<PromoRecOptions>(options =>
        {
            options.ModelPath = path;
            configure?.Invoke(options.ModelLoading);
        });
        return builder;
    }

    /// <summary>Keeps interactions in the host's own log, made by the container once.</summary>
    /// <remarks>
    /// What is appended through the <see cref="IInteractionLog"/> of the container reaches ranking before the append is complete: what was
    /// bought is hidden, and the customer is ranked by the new event. What is appended to <typeparamref name="TLog"/> itself is not.
    /// </remarks>
    public static PromoRecBuilder UseInteractionLog<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TLog>(this PromoRecBuilder builder)
        where TLog : class, IInteractionLog
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<TLog>();
        builder.Services.Replace(ServiceDescriptor.Singleton<IInteractionLog>(provider => new RankingInteractionLog(
            provider.GetRequiredService<TLog>(),
            provider.GetRequiredService<RecentActivity>(),
            provider.GetService<CustomerProfiles>(),
            provider.GetRequiredService<IOptions<PromoRecOptions>>().Value.Weights,
            provider.GetService<TimeProvider>() ?? TimeProvider.System)));
        return builder;
    }

    /// <summary>Keeps interactions in memory, as long as the process lives.</summary>
    /// <inheritdoc cref="UseInteractionLog{TLog}" path="/remarks"/>
    public static PromoRecBuilder UseInMemoryInteractionLog(this PromoRecBuilder builder) => builder.UseInteractionLog<InMemoryInteractionLog>();
}
