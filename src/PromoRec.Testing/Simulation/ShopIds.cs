using System.Globalization;

namespace PromoRec.Testing.Simulation;

/// <summary>The ids of a simulated shop, which are numbers with a prefix.</summary>
internal static class ShopIds
{
    public static string Customer(int number) => string.Create(CultureInfo.InvariantCulture, $"c{number:D6}");

    public static string Item(int number) => string.Create(CultureInfo.InvariantCulture, $"i{number:D5}");

    public static string Offer(int number) => string.Create(CultureInfo.InvariantCulture, $"offer-{number}");

    public static string Campaign(int number) => string.Create(CultureInfo.InvariantCulture, $"campaign-{number}");

    public static string Event(int customer, int sequence) => string.Create(CultureInfo.InvariantCulture, $"e{customer}-{sequence}");

    /// <summary>The number in an id, or -1 when the id is not one that this shop gave.</summary>
    public static int Number(string id, string prefix, int count, Func<int, string> write) =>
        id.StartsWith(prefix, StringComparison.Ordinal)
        && int.TryParse(id.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        && number < count
        && write(number) == id
            ? number
            : -1;
}
