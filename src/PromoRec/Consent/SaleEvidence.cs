namespace PromoRec.Consent;

/// <summary>The facts on which a soft opt-in rests; where one is missing there is no soft opt-in.</summary>
/// <param name="SaleAt">When the sale was.</param>
/// <param name="SellerId">Who sold.</param>
/// <param name="Category">What was sold.</param>
/// <param name="ObjectionOffered">Whether the customer could object when the address was collected.</param>
public sealed record SaleEvidence(DateTimeOffset SaleAt, string SellerId, string Category, bool ObjectionOffered);
