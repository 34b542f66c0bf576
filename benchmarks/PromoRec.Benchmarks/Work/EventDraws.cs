using PromoRec.Interactions;
using PromoRec.Numerics;

namespace PromoRec.Benchmarks.Work;

/// <summary>Purchases and views in random order, drawn one by one, so that nothing but what takes them needs memory.</summary>
/// <param name="Customers">Number of customers; some buy twenty times as much as others.</param>
/// <param name="Items">Number of items; a few are bought often.</param>
/// <param name="Count">Number of events.</param>
internal sealed record EventDraws(int Customers, int Items, int Count)
{
    private static readonly InteractionKind[] Kinds = [InteractionKind.Purchase, InteractionKind.View];

    /// <summary>A year of events of 138,000 customers with 27,000 items.</summary>
    public static EventDraws Of(int count) => new(138_000, 27_000, count);

    public IEnumerable<(int Customer, int Item, InteractionKind Kind, DateTimeOffset At)> All()
    {
        var random = new SeededRandom(seed: 5);
        for (int i = 0; i < Count; i++)
        {
            // Multiplied by a number without a common divisor, so that busy customers and popular items do not stand beside each other.
            double x = random.NextDouble();
            double y = random.NextDouble();
            int customer = (int)((long)(Customers * x * Math.Sqrt(x)) * 611_953 % Customers);
            int item = (int)((long)(Items * y * y) * 7_919 % Items);
            yield return (customer, item, Kinds[random.NextInt32(Kinds.Length)], DateTimeOffset.UnixEpoch.AddSeconds(1_735_689_600L + random.NextInt32(31_536_000)));
        }
    }
}
