using PromoRec.Interactions;

namespace PromoRec.Profiles;

/// <summary>What is kept of one customer, at one moment.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Events">The events in <see cref="HistoryOrder"/>.</param>
/// <param name="Tags">What was said of them, by name and then source.</param>
/// <param name="Segment">Where they stood among all others; null when that was never worked out.</param>
internal sealed record ProfileContents(UserId UserId, Interaction[] Events, CustomerTag[] Tags, CustomerSegment? Segment);
