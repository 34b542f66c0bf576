using System.Globalization;

namespace PromoRec.Testing.Simulation;

/// <summary>Names and texts of the simulated shop, in English, German and Chinese. Brands are made-up syllables.</summary>
internal static class ShopWords
{
    private enum Language
    {
        English,
        German,
        Chinese,
    }

    private static readonly (string English, string German, string Chinese, double Price)[] Categories =
    [
        ("coffee", "Kaffee", "咖啡", 8), ("tea", "Tee", "茶", 5), ("bread", "Brot", "面包", 3), ("cheese", "Käse", "奶酪", 6),
        ("fruit", "Obst", "水果", 4), ("vegetables", "Gemüse", "蔬菜", 3), ("pasta", "Nudeln", "面条", 2), ("sweets", "Süßwaren", "糖果", 3),
        ("snacks", "Snacks", "零食", 3), ("juice", "Saft", "果汁", 3), ("frozen-food", "Tiefkühlkost", "冷冻食品", 6), ("baby", "Babybedarf", "婴儿用品", 14),
        ("pets", "Tierbedarf", "宠物用品", 12), ("cleaning", "Reinigungsmittel", "清洁用品", 5), ("skin-care", "Hautpflege", "护肤品", 15),
        ("hair-care", "Haarpflege", "护发用品", 9), ("kitchen", "Küchenbedarf", "厨具", 25), ("garden", "Gartenbedarf", "园艺用品", 20),
        ("books", "Bücher", "图书", 16), ("games", "Spiele", "游戏", 30), ("toys", "Spielzeug", "玩具", 22), ("sports", "Sportartikel", "运动用品", 40),
        ("electronics", "Elektronik", "电子产品", 90), ("stationery", "Schreibwaren", "文具", 5),
    ];

    private static readonly (string English, string German, string Chinese)[] Tiers =
        [("Everyday", "Günstig", "平价"), ("Classic", "Klassik", "经典"), ("Select", "Premium", "精选"), ("Organic", "Bio", "有机")];

    private static readonly string[] FirstSyllables = ["Bal", "Cor", "Dun", "Fel", "Gor", "Hal", "Jun", "Kel", "Lom", "Mur", "Nor", "Pel", "Rin", "Sol", "Tam", "Ulm", "Vel", "Wen", "Yar", "Zel"];
    private static readonly string[] LastSyllables = ["abo", "eda", "idu", "ofi", "uka", "alo", "emi", "inu", "ora", "uso"];

    public static double MedianPrice(int category) => Categories[category % Categories.Length].Price;

    public static string Category(int category)
    {
        string name = Categories[category % Categories.Length].English;
        return category < Categories.Length ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{(category / Categories.Length) + 1}");
    }

    public static string Brand(int brand)
    {
        // Steps that share no factor with the list lengths, so that neighbours do not sound alike; a number tells later rounds apart.
        int names = FirstSyllables.Length * LastSyllables.Length;
        int mixed = brand % names * 73 % names;
        string name = FirstSyllables[mixed % FirstSyllables.Length] + LastSyllables[mixed / FirstSyllables.Length];
        return brand < names ? name : string.Create(CultureInfo.InvariantCulture, $"{name} {(brand / names) + 1}");
    }

    /// <summary>An item's title: seven in ten in English, and the rest in German and Chinese.</summary>
    public static string Title(int item, int category, int tier, string brand)
    {
        (string english, string german, string chinese, _) = Categories[category % Categories.Length];
        (string tierEnglish, string tierGerman, string tierChinese) = Tiers[tier];
        return LanguageOf(item) switch
        {
            Language.German => string.Create(CultureInfo.InvariantCulture, $"{tierGerman} {german} von {brand}, Nr. {item}"),
            Language.Chinese => string.Create(CultureInfo.InvariantCulture, $"{brand} {tierChinese}{chinese} {item}号"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{tierEnglish} {english} by {brand}, no. {item}"),
        };
    }

    private static Language LanguageOf(int item) => (item * 7L % 20) switch
    {
        < 14 => Language.English,
        < 17 => Language.German,
        _ => Language.Chinese,
    };
}
