using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PromoRec.DependencyInjection;
using PromoRec.Profiles;

namespace PromoRec;

/// <summary>Adds customer profiles.</summary>
public static class PromoRecProfileExtensions
{
    /// <summary>Adds <see cref="CustomerProfiles"/> over the catalog of the container, and feeds it everything that is appended to the container's interaction log.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets options. They are checked when the host starts, or else when profiles are first resolved, and all faults are reported at once.</param>
    /// <remarks>
    /// What was appended before this process began is not known until <see cref="CustomerProfiles.LoadAsync"/> is called. A second call adds nothing; its
    /// <paramref name="configure"/> runs after the first one's.
    /// </remarks>
    public static PromoRecBuilder AddCustomerProfiles(this PromoRecBuilder builder, Action<CustomerProfileOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        IServiceCollection services = builder.Services;
        if (!services.Any(service => service.ServiceType == typeof(CustomerProfiles)))
        {
            services.AddOptionsWithValidateOnStart<CustomerProfileOptions, CustomerProfileOptionsValidator>()
                .Configure<IOptions<PromoRecOptions>>((options, promoRec) => options.Weights = promoRec.Value.Weights);
            services.AddSingleton(provider => new CustomerProfiles(
                provider.GetRequiredService<IOfferCatalog>(),
                provider.GetRequiredService<IOptions<CustomerProfileOptions>>().Value,
                provider.GetService<TimeProvider>()));
        }

        if (configure is not null)
        {
            services.Configure(configure);
        }

        return builder;
    }
}
