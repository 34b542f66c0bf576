namespace PromoRec.Push.Consent;

/// <summary>Which sales permit advertising without a grant, in jurisdictions that know a soft opt-in.</summary>
public sealed class PushConsentOptions
{
    /// <summary>Who advertises, as the seller is named in the evidence of sales. Null, unless set: then no sale permits anything.</summary>
    public string? SellerId { get; set; }

    /// <summary>
    /// For a category that is advertised, the categories that were sold and are similar to it, compared ordinally. A category is similar to itself; an offer without
    /// a category is similar to nothing.
    /// </summary>
    public IDictionary<string, ISet<string>> SimilarCategories { get; } = new Dictionary<string, ISet<string>>(StringComparer.Ordinal);
}
