using System.Globalization;
using PromoRec.Benchmarks.Work;
using PromoRec.Interactions;

namespace PromoRec.Benchmarks.Data;

/// <summary>A way to write interactions as CSV.</summary>
/// <param name="Name">What it is called in the report.</param>
/// <param name="Header">The header.</param>
/// <param name="Row">A row of a customer, an item, a kind, a time and a number.</param>
internal sealed record CsvForm(string Name, string Header, Func<int, int, InteractionKind, DateTimeOffset, int, string> Row)
{
    public static IReadOnlyList<CsvForm> All { get; } =
    [
        new("numeric ids, Unix seconds", "user,item,kind,at", (user, item, kind, at, _) => string.Create(CultureInfo.InvariantCulture, $"{user},{item},{kind},{at.ToUnixTimeSeconds()}")),
        new("numeric ids, ISO 8601", "user,item,kind,value,at", (user, item, kind, at, _) => string.Create(CultureInfo.InvariantCulture, $"{user},{item},{kind},1,{at:yyyy-MM-ddTHH:mm:ssZ}")),
        new("text ids, ISO 8601", "user,item,kind,value,at", (user, item, kind, at, _) => string.Create(CultureInfo.InvariantCulture, $"{CustomerText(user)},{ItemText(item)},{kind},1,{at:yyyy-MM-ddTHH:mm:ssZ}")),
        new(
            "text ids, quotes, offsets and event ids",
            "user,item,kind,value,at,event",
            (user, item, kind, at, number) => string.Create(CultureInfo.InvariantCulture, $"{CustomerText(user)},\"{ItemText(item)}\",{kind},2.5,{at.ToOffset(TimeSpan.FromHours(1)):yyyy-MM-ddTHH:mm:ss.fffzzz},e{number:x12}")),
    ];

    public static string CustomerText(int customer) => string.Create(CultureInfo.InvariantCulture, $"c-{customer:D8}");

    public static string ItemText(int item) => string.Create(CultureInfo.InvariantCulture, $"sku-{item:D6}");

    public void Write(string path, EventDraws draws)
    {
        using var writer = new StreamWriter(path);
        writer.WriteLine(Header);
        int number = 0;
        foreach ((int customer, int item, InteractionKind kind, DateTimeOffset at) in draws.All())
        {
            writer.WriteLine(Row(customer, item, kind, at, number++));
        }
    }
}
