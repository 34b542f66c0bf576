using System.Collections.Frozen;

namespace PromoRec.Consent;

/// <summary>Which sales let a seller advertise under ePrivacy Article 13(2): its own, and of similar products. Immutable.</summary>
internal sealed class SoftOptInTerms
{
    private readonly string _sellerId;
    private readonly FrozenSet<(string Advertised, string Sold)> _similar;

    /// <param name="sellerId">Who advertises.</param>
    /// <param name="similar">Pairs of a category that is advertised and one that was sold, which are similar although they are not equal.</param>
    public SoftOptInTerms(string sellerId, IEnumerable<(string Advertised, string Sold)> similar)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(sellerId);
        _sellerId = sellerId;
        _similar = similar.ToFrozenSet();
    }

    /// <summary>Whether all facts of a sale are there; where one is missing it gives nothing.</summary>
    public static bool IsComplete(SaleEvidence? sale) =>
        sale is { ObjectionOffered: true } && sale.SaleAt != default && !string.IsNullOrWhiteSpace(sale.SellerId) && !string.IsNullOrWhiteSpace(sale.Category);

    public bool Accepts(SaleEvidence sale, string category) =>
        string.Equals(sale.SellerId, _sellerId, StringComparison.Ordinal)
        && category.Length > 0
        && (string.Equals(sale.Category, category, StringComparison.Ordinal) || _similar.Contains((category, sale.Category)));
}
