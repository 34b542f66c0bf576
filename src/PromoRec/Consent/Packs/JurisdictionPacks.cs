using System.Collections.Frozen;

namespace PromoRec.Consent.Packs;

/// <summary>The packs in use, and which country has which. Immutable, and any number of threads may ask it.</summary>
/// <remarks>
/// PromoRec ships EU (European Union and EEA, and the United Kingdom, whose rules on electronic marketing are the same in what packs hold), DE, US, CN
/// and Strict. A country that is not known, or that no pack names, gets Strict.
/// </remarks>
public sealed class JurisdictionPacks
{
    /// <summary>Id of the pack for countries that no other pack names.</summary>
    public const string StrictId = "Strict";

    private const int Letters = 26;
    private const int LowerCase = 0x20;

    // Those that are based on another come after it.
    private static readonly string[] ShippedFiles = ["Strict.json", "EU.json", "DE.json", "US.json", "CN.json"];

    private readonly JurisdictionPack[] _packs;
    private readonly FrozenDictionary<string, string> _packOfCountry;

    // One place for each pair of letters: every push asks for its pack.
    private readonly JurisdictionPack?[] _byCountry = new JurisdictionPack?[Letters * Letters];

    private JurisdictionPacks(JurisdictionPack[] packs, FrozenDictionary<string, string> packOfCountry)
    {
        _packs = packs;
        _packOfCountry = packOfCountry;
        Strict = packs.First(pack => pack.Id == StrictId);
        foreach (JurisdictionPack pack in packs)
        {
            foreach (string country in pack.Countries)
            {
                _byCountry[PlaceOf(country)] = pack;
            }
        }

        foreach ((string country, string id) in packOfCountry)
        {
            _byCountry[PlaceOf(country)] = Find(id);
        }
    }

    /// <summary>The packs as they are shipped.</summary>
    public static JurisdictionPacks Shipped { get; } = ReadShipped();

    /// <summary>All packs. Where two name a country, the later has it.</summary>
    public IReadOnlyList<JurisdictionPack> All => Array.AsReadOnly(_packs);

    /// <summary>The pack for a country that is not known.</summary>
    public JurisdictionPack Strict { get; }

    /// <summary>The pack of a country. Allocates nothing.</summary>
    /// <param name="country">Two letters of ISO 3166-1, in any case; anything else gets <see cref="Strict"/>.</param>
    public JurisdictionPack For(string? country) => PlaceOf(country) is var place and >= 0 && _byCountry[place] is { } pack ? pack : Strict;

    /// <summary>The pack of an id, compared ordinally; null where there is none.</summary>
    public JurisdictionPack? Find(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return Array.Find(_packs, pack => pack.Id == id);
    }

    /// <summary>These packs and one more from a file, which replaces the one of the same id and takes over the countries it names.</summary>
    /// <param name="utf8Json">The file's content; docs/guide/consent.md says what it may hold.</param>
    /// <param name="fileName">Its name, for messages.</param>
    /// <exception cref="PromoRecException">The file cannot be used, with <see cref="PromoRecErrorCode.InvalidPolicy"/>. The message names every fault by file, line and path.</exception>
    public JurisdictionPacks With(ReadOnlySpan<byte> utf8Json, string fileName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(fileName);
        return With(PackReader.Read(utf8Json, fileName, Find));
    }

    /// <summary>These packs, with one of them for a country, whichever pack names it.</summary>
    /// <param name="country">Two letters of ISO 3166-1.</param>
    /// <param name="packId">The id of the pack.</param>
    /// <exception cref="ArgumentException">There is no such pack, or <paramref name="country"/> is not two letters.</exception>
    public JurisdictionPacks WithCountry(string country, string packId)
    {
        if (PlaceOf(country) < 0)
        {
            throw new ArgumentException($"A country is two letters of ISO 3166-1, but this one is '{country}'.", nameof(country));
        }

        if (Find(packId) is null)
        {
            throw new ArgumentException($"There is no pack '{packId}'; the packs are {string.Join(", ", _packs.Select(pack => pack.Id))}.", nameof(packId));
        }

        Dictionary<string, string> packOfCountry = new(_packOfCountry, StringComparer.OrdinalIgnoreCase) { [country] = packId };
        return new JurisdictionPacks(_packs, packOfCountry.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The countries that have a pack, whichever pack names them, sorted.</summary>
    internal string[] CountriesOf(JurisdictionPack pack) =>
        [.. Enumerable.Range(0, _byCountry.Length).Where(place => _byCountry[place] == pack).Select(place => $"{(char)('A' + (place / Letters))}{(char)('A' + (place % Letters))}")];

    internal JurisdictionPacks With(JurisdictionPack added) => new([.. _packs.Where(pack => pack.Id != added.Id), added], _packOfCountry);

    /// <returns>-1 for what is not two letters.</returns>
    private static int PlaceOf(string? country)
    {
        ReadOnlySpan<char> code = country.AsSpan().Trim();
        return code.Length == 2 && char.IsAsciiLetter(code[0]) && char.IsAsciiLetter(code[1]) ? (((code[0] | LowerCase) - 'a') * Letters) + ((code[1] | LowerCase) - 'a') : -1;
    }

    private static JurisdictionPacks ReadShipped()
    {
        List<JurisdictionPack> packs = [];
        foreach (string file in ShippedFiles)
        {
            packs.Add(PackReader.Read(Resource(file), file, id => packs.Find(pack => pack.Id == id)));
        }

        return new JurisdictionPacks([.. packs], FrozenDictionary<string, string>.Empty);
    }

    private static byte[] Resource(string file)
    {
        using Stream stream = typeof(JurisdictionPacks).Assembly.GetManifestResourceStream($"{typeof(JurisdictionPacks).Namespace}.{file}")!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
