using PromoRec.Datasets;
using PromoRec.Interactions;
using PromoRec.Numerics;
using PromoRec.Tests.Datasets;

namespace PromoRec.Tests.Training;

/// <summary>Random events, of weights that add up without rounding, of a few customers with a few items, a fifth of them at the same times, some of unknown time, some returned or dismissed.</summary>
internal static class SmallShop
{
    private static readonly InteractionKind[] Kinds = [InteractionKind.Purchase, InteractionKind.Purchase, InteractionKind.Rating, InteractionKind.Cart, InteractionKind.Dismiss];

    public static Interaction[] Random(ulong seed, int events = 400, int users = 12, int items = 9)
    {
        var random = new SeededRandom(seed);
        var list = new Interaction[events];
        for (int i = 0; i < events; i++)
        {
            DateTimeOffset at = random.NextInt32(10) == 0 ? default : Events.Start.AddMinutes(random.NextInt32(5) == 0 ? 600 * random.NextInt32(40) : random.NextInt32(40 * 600));
            list[i] = new Interaction($"u{random.NextInt32(users):D2}", (ItemId)$"i{random.NextInt32(items)}", Kinds[random.NextInt32(Kinds.Length)], at)
            {
                Value = random.NextInt32(12) == 0 ? -1 : 1 + random.NextInt32(3),
            };
        }

        return list;
    }

    public static InteractionDataset Dataset(IEnumerable<Interaction> events, DateTimeOffset? asOf = null)
    {
        var builder = new DatasetBuilder(new DatasetOptions { KeepEvents = true, AsOf = asOf });
        builder.AddRange(events);
        return builder.Build();
    }
}
