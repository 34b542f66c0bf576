namespace PromoRec.Cli.Reading;

/// <summary>The names of the forms of an offer in files.</summary>
internal static class OfferFormName
{
    private static readonly string[] Names =
        ["cash-off", "percent-off", "spend-threshold", "time-limited-price", "buy-and-get", "bundle", "member", "points", "free-shipping"];

    public static IReadOnlyList<string> All => Names;

    public static string Of(OfferForm form) => Names[(int)form];

    public static bool TryParse(string name, out OfferForm form)
    {
        form = (OfferForm)Array.FindIndex(Names, n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase));
        return form >= 0;
    }
}
