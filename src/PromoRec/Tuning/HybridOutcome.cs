using PromoRec.Models.Hybrid;

namespace PromoRec.Tuning;

/// <summary>A hybrid, and how its kinds of knowledge compared.</summary>
/// <param name="Model">The hybrid, trained on everything, with its ladder.</param>
/// <param name="Cut">The time at which the comparison began; null where no event has a time, so that pairs held out at random were compared.</param>
/// <param name="Customers">Number of customers on whom the rungs were compared; 0 where there was nothing to compare them on.</param>
public sealed record HybridOutcome(HybridModel Model, DateTimeOffset? Cut, int Customers);
