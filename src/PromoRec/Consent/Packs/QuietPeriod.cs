namespace PromoRec.Consent.Packs;

/// <summary>Hours of the customer's day in which nothing is sent, from one wall time to another.</summary>
/// <param name="From">First minute of quiet.</param>
/// <param name="To">First minute after it; earlier than <paramref name="From"/> when it is on the next day, never equal.</param>
public readonly record struct QuietPeriod(TimeOnly From, TimeOnly To);
