using PromoRec.Consent.Packs;
using PromoRec.Push.Consent;

namespace PromoRec.Push.PolicyFile;

/// <summary>Says which jurisdiction's rules hold where.</summary>
internal static class ConsentSentences
{
    private const int MostCountries = 3;

    public static string Of(JurisdictionPacks packs, PushConsentOptions options)
    {
        IEnumerable<string> parts = packs.All.Where(pack => pack != packs.Strict && packs.CountriesOf(pack).Length > 0).Select(pack => Part(pack, packs.CountriesOf(pack)));
        string sales = options.SellerId is null ? string.Empty : $"; where a sale is enough, it must be one by '{options.SellerId}'";
        return $"A push needs the legal basis that the pack of the customer's country asks for: {Phrases.And([.. parts, $"{packs.Strict.Name} everywhere else"])}{sales}.";
    }

    private static string Part(JurisdictionPack pack, string[] countries) =>
        $"{pack.Name} in {(countries.Length <= MostCountries ? Phrases.And(countries) : Phrases.Count(countries.Length, "country", "countries"))}";
}
