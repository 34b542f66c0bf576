using System.Globalization;
using System.Numerics.Tensors;
using System.Text;

namespace PromoRec;

/// <summary>Collects everything that is wrong with a catalog, so that a shop repairs its feed once and not fault by fault.</summary>
internal sealed class CatalogFaults
{
    /// <summary>Faults that a message spells out; the rest is counted.</summary>
    public const int MaxSpelledOut = 20;

    private readonly StringBuilder _text = new();
    private int _count;

    private CatalogFaults()
    {
    }

    public static void ThrowIfAny(CatalogSnapshot snapshot)
    {
        var faults = new CatalogFaults();
        faults.CheckOffers(snapshot.Offers);
        faults.CheckItems(snapshot.Items);
        if (faults._count > 0)
        {
            throw new PromoRecException(PromoRecErrorCode.InvalidCatalog, faults.Message());
        }
    }

    private void CheckOffers(IReadOnlyList<Offer> offers)
    {
        var first = new Dictionary<OfferId, int>(offers.Count);
        for (int position = 0; position < offers.Count; position++)
        {
            Offer? offer = offers[position];
            if (offer is null)
            {
                Add($"The offer at position {position} is null. Leave it out.");
            }
            else if (offer.Id.IsEmpty)
            {
                Add($"The offer at position {position} has an empty id. Give it one of its own.");
            }
            else if (!first.TryAdd(offer.Id, position))
            {
                Add($"The offer {Name(offer)} at position {position} has the id of the one at position {first[offer.Id]}. An id may be there once.");
            }
            else
            {
                CheckOffer(offer, position);
            }
        }
    }

    private void CheckOffer(Offer offer, int position)
    {
        string where = string.Create(CultureInfo.InvariantCulture, $"The offer {Name(offer)} at position {position}");
        if (offer.Terms is null)
        {
            Add($"{where} has no terms. Set Offer.Terms to one of the forms of OfferTerms.");
        }

        if (offer.Targets.Count == 0)
        {
            Add($"{where} has no targets. Name at least one; OfferTarget.WholeShop aims at everything.");
        }

        if (offer.Targets.Contains(null))
        {
            Add($"{where} has a target that is null. Leave it out.");
        }

        if (offer.ValidFrom is { } from && offer.ValidTo is { } to && to <= from)
        {
            Add($"{where} ends at {to:O}, which is not after its start at {from:O}. Set Offer.ValidTo above Offer.ValidFrom.");
        }

        if (offer.MinimumSpend is { } spend && spend < 0)
        {
            Add($"{where} has the minimum spend {spend}. It must be 0 or above.");
        }

        if (offer.Terms is { Form: OfferForm.SpendThreshold } && offer.MinimumSpend is null or 0)
        {
            Add($"{where} takes an amount off a basket that reaches a minimum, but has none. Set Offer.MinimumSpend above 0.");
        }

        if (offer.Budget is < 0)
        {
            Add($"{where} has the budget {offer.Budget}. It must be 0 or above.");
        }

        if (offer.Cost is < 0)
        {
            Add($"{where} has the cost {offer.Cost}. It must be 0 or above.");
        }

        if (offer.Merchant is { } merchant && string.IsNullOrWhiteSpace(merchant))
        {
            Add($"{where} has a merchant without a name. Name it, or leave Offer.Merchant null.");
        }

        if (offer.Segments.Any(string.IsNullOrWhiteSpace))
        {
            Add($"{where} is for a segment without a name. Name it, or leave it out.");
        }
    }

    private void CheckItems(IReadOnlyList<Item> items)
    {
        var first = new Dictionary<ItemId, int>(items.Count);
        for (int position = 0; position < items.Count; position++)
        {
            Item? item = items[position];
            if (item is null)
            {
                Add($"The item at position {position} is null. Leave it out.");
            }
            else if (item.Id.IsEmpty)
            {
                Add($"The item at position {position} has an empty id. Give it one of its own.");
            }
            else if (!first.TryAdd(item.Id, position))
            {
                Add($"The item {Name(item.Id.Value)} at position {position} has the id of the one at position {first[item.Id]}. An id may be there once.");
            }
            else
            {
                CheckItem(item, position);
            }
        }
    }

    private void CheckItem(Item item, int position)
    {
        if (item.Price is < 0)
        {
            Add($"The item {Name(item.Id.Value)} at position {position} has the price {item.Price}. It must be 0 or above.");
        }

        if (item.Categories.Any(string.IsNullOrWhiteSpace))
        {
            Add($"The item {Name(item.Id.Value)} at position {position} is in a category without a name. Name it, or leave it out.");
        }

        if (item.Tags.Any(string.IsNullOrWhiteSpace))
        {
            Add($"The item {Name(item.Id.Value)} at position {position} has a tag without a text. Leave it out.");
        }

        if (item.Numbers.Any(number => string.IsNullOrWhiteSpace(number.Key) || !double.IsFinite(number.Value)))
        {
            Add($"The item {Name(item.Id.Value)} at position {position} has a number that has no name or is not finite. Name it, or leave it out.");
        }

        if (!item.Embedding.IsEmpty && !TensorPrimitives.IsFiniteAll(item.Embedding.Span))
        {
            Add($"The item {Name(item.Id.Value)} at position {position} has an embedding with a number that is not finite. Leave the embedding out.");
        }
    }

    private void Add(FormattableString fault)
    {
        if (++_count <= MaxSpelledOut)
        {
            _text.Append("\n- ").Append(fault.ToString(CultureInfo.InvariantCulture));
        }
    }

    private string Message()
    {
        string start = _count == 1 ? "The catalog has a fault:" : string.Create(CultureInfo.InvariantCulture, $"The catalog has {_count} faults:");
        string rest = _count > MaxSpelledOut ? string.Create(CultureInfo.InvariantCulture, $"\n- and {_count - MaxSpelledOut} more.") : string.Empty;
        return $"{start}{_text}{rest}";
    }

    private static string Name(Offer offer) => Name(offer.Id.Value);

    /// <summary>An id may be thousands of characters long; a message shows its start.</summary>
    private static string Name(IdValue id)
    {
        string text = id.ToString();
        int shown = text.Length <= 64 ? text.Length : char.IsHighSurrogate(text[63]) ? 63 : 64;
        return shown == text.Length ? $"'{text}'" : $"'{text[..shown]}...'";
    }
}
