using System.Collections.Immutable;
using PromoRec.Consent;
using PromoRec.Push;

namespace PromoRec.Cli.Reading;

/// <summary>A customer as a customers file says.</summary>
/// <param name="Customer">What is known.</param>
/// <param name="Consents">What the customer has said.</param>
/// <param name="SaysReachable">Whether the file says where the customer can be reached.</param>
internal sealed record CustomerRow(PushCustomer Customer, ImmutableArray<ConsentEvent> Consents, bool SaysReachable);
