namespace PromoRec.Testing.Conformance;

/// <summary>A message that a provider has taken, as the provider sees it.</summary>
/// <param name="SendId">The name under which it was handed over.</param>
/// <param name="UserId">Whom it was for.</param>
/// <param name="UnsubscribeToken">What it offers for leaving; null for nothing.</param>
public sealed record ProviderDelivery(string SendId, UserId UserId, string? UnsubscribeToken);
