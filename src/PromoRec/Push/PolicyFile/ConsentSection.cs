using PromoRec.Consent.Packs;
using PromoRec.Push.Calendar;
using PromoRec.Push.Consent;

namespace PromoRec.Push.PolicyFile;

/// <summary>Reads the section "consent": which jurisdiction's pack holds for a country, packs of the shop's own, and which sales permit advertising.</summary>
internal sealed class ConsentSection(FileContext file)
{
    private static readonly string[] Names = ["packs", "countries", "sellerId", "similarCategories"];

    // What people write, and what ISO 3166-1 says.
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase) { ["UK"] = "GB", ["EL"] = "GR" };

    private readonly List<JurisdictionPack> _added = [];
    private readonly List<(string Country, string Pack)> _countries = [];

    /// <summary>Changes packs as the file says; null where it leaves them as they are.</summary>
    public Func<JurisdictionPacks, JurisdictionPacks>? Change => _added.Count + _countries.Count == 0 ? null : Apply;

    public RuleDraft<PushConsentOptions> Read(LocatedJson section)
    {
        RuleDraft<PushConsentOptions> consent = new(section);
        List<KeyValuePair<string, LocatedJson>> members = file.Values.Members(section, "an object such as { \"countries\": { \"CH\": \"EU\" } }");

        // Countries may name packs of the file, wherever these stand.
        foreach ((_, LocatedJson member) in members.Where(member => member.Key == "packs"))
        {
            ReadPacks(member);
        }

        foreach ((string name, LocatedJson member) in members.Where(member => member.Key != "packs"))
        {
            ReadMember(consent, name, member);
        }

        return consent;
    }

    private void ReadMember(RuleDraft<PushConsentOptions> consent, string name, LocatedJson member)
    {
        switch (name)
        {
            case "countries":
                ReadCountries(member);
                break;
            case "sellerId" when file.Values.Text(member, "the name of the seller, as in the evidence of sales") is { } seller:
                consent.Set(nameof(PushConsentOptions.SellerId), member, options => options.SellerId = seller);
                break;
            case "similarCategories":
                ReadSimilar(consent, member);
                break;
            default:
                file.UnknownUnless(name, member, Names);
                break;
        }
    }

    private void ReadPacks(LocatedJson section)
    {
        foreach (LocatedJson item in file.Values.Items(section, "a list of jurisdiction packs"))
        {
            if (PackReader.Read(item, file.Faults, Apply(JurisdictionPacks.Shipped).Find) is { } pack)
            {
                _added.Add(pack);
                foreach (string country in pack.Countries)
                {
                    CheckCountry(item, country);
                }
            }
        }
    }

    private void ReadCountries(LocatedJson section)
    {
        string[] ids = [.. Apply(JurisdictionPacks.Shipped).All.Select(pack => pack.Id)];
        foreach ((string country, LocatedJson member) in file.Values.Members(section, "an object with a pack for each country, such as { \"CH\": \"EU\" }"))
        {
            bool isKnown = CheckCountry(member, country);
            if (file.Values.Text(member, "the id of a pack") is not { } id)
            {
                continue;
            }

            if (!ids.Contains(id))
            {
                file.Faults.Add(member, $"is '{LocatedJson.Excerpt(id)}', but there is no such pack; the packs are {string.Join(", ", ids)}{NearestName.Hint(id, ids)}");
            }
            else if (isKnown)
            {
                _countries.Add((country, id));
            }
        }
    }

    private JurisdictionPacks Apply(JurisdictionPacks packs) =>
        _countries.Aggregate(_added.Aggregate(packs, (all, pack) => all.With(pack)), (all, change) => all.WithCountry(change.Country, change.Pack));

    private bool CheckCountry(LocatedJson where, string country)
    {
        if (CountryZones.Countries.Contains(country))
        {
            return true;
        }

        string hint = Aliases.TryGetValue(country, out string? meant) ? $"; did you mean '{meant}'?"
            : country.Length > 2 ? NearestName.Hint(country, CountryZones.Countries.Order(StringComparer.Ordinal)) : string.Empty;
        file.Faults.AddName(where, $"names the country '{LocatedJson.Excerpt(country)}', but a country is two capital letters of ISO 3166-1{hint}");
        return false;
    }

    private void ReadSimilar(RuleDraft<PushConsentOptions> consent, LocatedJson section)
    {
        Dictionary<string, string[]> similar = new(StringComparer.Ordinal);
        foreach ((string advertised, LocatedJson member) in file.Values.Members(section, "an object such as { \"shoes\": [\"socks\"] }: to whom socks were sold, shoes may be advertised"))
        {
            List<LocatedJson> sold = file.Values.Items(member, "a list of categories that were sold");
            file.RefuseEmpty(member, "leave it out where nothing is similar");
            similar[advertised] = [.. sold.Select(item => file.Values.Text(item, "a category")).OfType<string>()];
        }

        consent.Set(nameof(PushConsentOptions.SimilarCategories), section, options =>
        {
            foreach ((string advertised, string[] sold) in similar)
            {
                options.SimilarCategories[advertised] = sold.ToHashSet(StringComparer.Ordinal);
            }
        });
    }
}
