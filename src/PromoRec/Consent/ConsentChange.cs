using System.Collections.Immutable;

namespace PromoRec.Consent;

/// <summary>What a customer has said.</summary>
/// <param name="UserId">The customer.</param>
/// <param name="After">The customer's consent with it.</param>
/// <param name="Events">The events; at least one.</param>
public sealed record ConsentChange(UserId UserId, ConsentView After, ImmutableArray<ConsentEvent> Events);
