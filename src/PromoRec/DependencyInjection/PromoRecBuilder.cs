using Microsoft.Extensions.DependencyInjection;

namespace PromoRec;

/// <summary>What <c>AddPromoRec</c> returns. Its extension methods choose the parts: <c>Use…</c> replaces the one there is.</summary>
public sealed class PromoRecBuilder
{
    internal PromoRecBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services that the parts are added to.</summary>
    public IServiceCollection Services { get; }
}
