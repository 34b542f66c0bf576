using System.Collections.ObjectModel;

namespace PromoRec;

/// <summary>What the shop says about an item, so that an offer can aim at a category or a brand.</summary>
public sealed record Item
{
    /// <summary>The item's id, the one that interactions name.</summary>
    public required ItemId Id { get; init; }

    /// <summary>The categories the item belongs to; names are compared ordinally.</summary>
    public IReadOnlyList<string> Categories { get; init => field = ListCopy.Of(value, nameof(Categories)); } = [];

    /// <summary>The brand, where there is one; compared ordinally.</summary>
    public string? Brand { get; init; }

    /// <summary>Usual price in the shop's currency; 0 or above.</summary>
    public decimal? Price { get; init; }

    /// <summary>Title or description.</summary>
    public string? Text { get; init; }

    /// <summary>What else is said about it in words or short phrases, such as "vegan" or "colour=red"; compared ordinally.</summary>
    public IReadOnlyList<string> Tags { get; init => field = ListCopy.Of(value, nameof(Tags)); } = [];

    /// <summary>What is said about it in numbers, by name, such as a weight in grams; finite.</summary>
    public IReadOnlyDictionary<string, double> Numbers { get; init => field = Copy(value); } = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>Its vector from a model of the host's own, of texts or pictures; empty for none. Finite, and of one length for all items that have one.</summary>
    /// <remarks>
    /// A model of content compares items by it, and takes it from the catalog for items that came after the training. Where it is not as long as those of the training, it is passed over, and a warning is logged.
    /// </remarks>
    public ReadOnlyMemory<float> Embedding { get; init => field = value.ToArray(); }

    private static ReadOnlyDictionary<string, double> Copy(IReadOnlyDictionary<string, double> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers, nameof(Numbers));
        return numbers.Count == 0 ? ReadOnlyDictionary<string, double>.Empty : new Dictionary<string, double>(numbers, StringComparer.Ordinal).AsReadOnly();
    }
}
