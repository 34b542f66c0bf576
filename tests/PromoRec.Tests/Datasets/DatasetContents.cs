using PromoRec.Datasets;

namespace PromoRec.Tests.Datasets;

/// <summary>Reads a dataset back into dictionaries of ids.</summary>
internal static class DatasetContents
{
    public static Dictionary<(UserId User, ItemId Item), float> Values(this InteractionDataset dataset)
    {
        var values = new Dictionary<(UserId, ItemId), float>();
        for (int user = 0; user < dataset.UserCount; user++)
        {
            ReadOnlySpan<int> items = dataset.ByUser.ColumnsOf(user);
            for (int i = 0; i < items.Length; i++)
            {
                values.Add((new UserId(dataset.Users.IdAt(user)), new ItemId(dataset.Items.IdAt(items[i]))), dataset.ByUser.ValuesOf(user)[i]);
            }
        }

        return values;
    }

    public static Dictionary<(UserId User, ItemId Item), int> LastDays(this InteractionDataset dataset)
    {
        int at = 0;
        return dataset.Values().Keys.ToDictionary(pair => pair, _ => dataset.LastDays.IsEmpty ? 0 : dataset.LastDays.Span[at++]);
    }

    public static HashSet<(UserId User, ItemId Item)> ItemsConsumed(this InteractionDataset dataset) =>
        [.. Enumerable.Range(0, dataset.UserCount).SelectMany(user => dataset.ConsumedItems.ColumnsOf(user).ToArray().Select(item => (new UserId(dataset.Users.IdAt(user)), new ItemId(dataset.Items.IdAt(item)))))];

    public static HashSet<(UserId User, OfferId Offer)> OffersConsumed(this InteractionDataset dataset) =>
        [.. Enumerable.Range(0, dataset.UserCount).SelectMany(user => dataset.ConsumedOffers.ColumnsOf(user).ToArray().Select(offer => (new UserId(dataset.Users.IdAt(user)), new OfferId(dataset.Offers.IdAt(offer)))))];
}
