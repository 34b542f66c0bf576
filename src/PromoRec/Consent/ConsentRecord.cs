using System.Collections.Immutable;

namespace PromoRec.Consent;

/// <summary>A customer's consent ledger as it was read.</summary>
/// <param name="Version">How many events were ever appended; 0 when none.</param>
/// <param name="Events">The events in the order in which they were appended.</param>
/// <param name="IsErased">Whether the customer was erased; then there are no events and none can be appended.</param>
public sealed record ConsentRecord(long Version, ImmutableArray<ConsentEvent> Events, bool IsErased);
