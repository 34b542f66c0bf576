using PromoRec.Numerics;

namespace PromoRec.Evaluation;

/// <summary>The held-out pairs by customer, in ordinal order, so that nothing depends on the order in which they came.</summary>
internal sealed class ItemTestSet
{
    private ItemTestSet(List<ItemTestUser> users) => Users = users;

    public List<ItemTestUser> Users { get; }

    public int UnknownUsers { get; private set; }

    public int SkippedUsers { get; private set; }

    public int UnknownItemPairs { get; private set; }

    public int SeenPairs { get; private set; }

    /// <param name="scorer">Says which customers and items are known and what they have.</param>
    /// <param name="pairs">The held-out pairs; one that is there twice counts once.</param>
    /// <param name="excludeUnknown">Whether customers without a row are left out.</param>
    /// <param name="dropSeen">Whether pairs of the training data are left out.</param>
    public static ItemTestSet Create(ItemScorer scorer, IEnumerable<UserItem> pairs, bool excludeUnknown, bool dropSeen)
    {
        Dictionary<UserId, List<ItemId>> byUser = Group(pairs);
        if (byUser.Count == 0)
        {
            throw NothingToEvaluate("The test set is empty. Give it at least one pair of a customer and an item that the training data does not have.");
        }

        var set = new ItemTestSet(new List<ItemTestUser>(byUser.Count));
        foreach ((UserId user, List<ItemId> items) in byUser.OrderBy(entry => entry.Key))
        {
            int row = scorer.Users.TryGetRow(user.Value, out int known) ? known : -1;
            set.UnknownUsers += row < 0 ? 1 : 0;
            if (row < 0 && excludeUnknown)
            {
                set.SkippedUsers++;
                continue;
            }

            ItemId[] heldOut = set.HeldOut(scorer, row, items, dropSeen);
            if (heldOut.Length == 0)
            {
                set.SkippedUsers++;
                continue;
            }

            set.Users.Add(new ItemTestUser(user, row, heldOut));
        }

        return set.Users.Count > 0 ? set : throw NothingToEvaluate(
            $"None of the {byUser.Count} test customers can be evaluated: {set.UnknownUsers} are unknown to the model, "
            + $"and {set.SeenPairs} test pairs are in its training data. Check that the test set belongs to the model and uses the same ids.");
    }

    public static Dictionary<UserId, List<ItemId>> Group(IEnumerable<UserItem> pairs)
    {
        var byUser = new Dictionary<UserId, List<ItemId>>();
        foreach (UserItem pair in pairs)
        {
            if (!byUser.TryGetValue(pair.User, out List<ItemId>? items))
            {
                items = [];
                byUser.Add(pair.User, items);
            }

            items.Add(pair.Item);
        }

        return byUser;
    }

    public static PromoRecException NothingToEvaluate(string message) => new(PromoRecErrorCode.InvalidDataset, message);

    private ItemId[] HeldOut(ItemScorer scorer, int row, List<ItemId> items, bool dropSeen)
    {
        items.Sort();
        var distinct = new List<ItemId>(items.Count);
        foreach (ItemId item in items)
        {
            if (distinct.Count > 0 && distinct[^1] == item)
            {
                continue;
            }

            bool known = scorer.Items.TryGetRow(item.Value, out int itemRow);
            if (dropSeen && known && row >= 0 && Contains(scorer.Seen, row, itemRow))
            {
                SeenPairs++;
                continue;
            }

            UnknownItemPairs += known ? 0 : 1;
            distinct.Add(item);
        }

        return [.. distinct];
    }

    private static bool Contains(CsrMatrix seen, int row, int column) => seen.ColumnsOf(row).BinarySearch(column) >= 0;
}
