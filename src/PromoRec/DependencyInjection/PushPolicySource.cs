using PromoRec.Push;

namespace PromoRec.DependencyInjection;

/// <summary>Where policies of the engine come from. Registered in the order in which policies are added.</summary>
/// <param name="Kind">What it adds; of a kind that exists once, the first stays.</param>
/// <param name="Create">Makes the policies.</param>
internal sealed record PushPolicySource(object Kind, Func<IServiceProvider, IEnumerable<IPushPolicy>> Create);
