using System.Diagnostics.CodeAnalysis;

namespace PromoRec.Cli.Reading;

/// <summary>Reads what an offer aims at, the text that <see cref="OfferTarget.ToString"/> writes.</summary>
internal static class TargetText
{
    public static bool TryParse(string text, [NotNullWhen(true)] out OfferTarget? target)
    {
        target = null;
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string kind = (colon < 0 ? text : text[..colon]).Trim().ToUpperInvariant();
        string name = colon < 0 ? string.Empty : text[(colon + 1)..].Trim();
        if (kind == "SHOP" && colon < 0)
        {
            target = OfferTarget.WholeShop;
        }
        else if (name.Length > 0)
        {
            target = kind switch
            {
                "ITEM" => OfferTarget.Item(name),
                "CATEGORY" => OfferTarget.Category(name),
                "BRAND" => OfferTarget.Brand(name),
                _ => null,
            };
        }

        return target is not null;
    }
}
