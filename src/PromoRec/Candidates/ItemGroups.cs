using System.Runtime.InteropServices;

namespace PromoRec.Candidates;

/// <summary>The items of each category and each brand of a catalog.</summary>
internal sealed class ItemGroups
{
    private readonly Dictionary<string, List<ItemId>> _byCategory = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ItemId>> _byBrand = new(StringComparer.Ordinal);

    public ItemGroups(IReadOnlyList<Item> items)
    {
        foreach (Item item in items)
        {
            foreach (string category in item.Categories)
            {
                Add(_byCategory, category, item.Id);
            }

            if (item.Brand is not null)
            {
                Add(_byBrand, item.Brand, item.Id);
            }
        }
    }

    /// <summary>The items of a target that is a category or a brand; an unknown name has none.</summary>
    public IReadOnlyList<ItemId> ItemsOf(OfferTarget target) =>
        (target.Kind == OfferTargetKind.Category ? _byCategory : _byBrand).TryGetValue(target.Name, out List<ItemId>? items) ? items : [];

    private static void Add(Dictionary<string, List<ItemId>> groups, string name, ItemId item)
    {
        ref List<ItemId>? group = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, name, out _);
        (group ??= []).Add(item);
    }
}
