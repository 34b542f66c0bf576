using System.Globalization;
using PromoRec.Models.Content;

namespace PromoRec.Training.Content;

/// <summary>How <see cref="ContentTrainer"/> compares items.</summary>
public sealed class ContentOptions
{
    /// <summary>Takes texts apart: <see cref="UnicodeTokenizer"/> unless set. Not null, and with a name.</summary>
    public ITextTokenizer Tokenizer { get; set; } = new UnicodeTokenizer();

    /// <summary>Fewest items in whose text a term must stand: 1 or more, 1 unless set.</summary>
    public int MinItems { get; set; } = 1;

    /// <summary>Largest share of all items in whose texts a term may stand: above 0, at most 1; 1 unless set. What stands everywhere says little.</summary>
    public double MaxItemShare { get; set; } = 1;

    /// <summary>Most terms of texts: 1 or more, 1,000,000 unless set. Those that stand in most items are kept; of several in equally many, the first in ordinal order.</summary>
    public int MaxTerms { get; set; } = 1_000_000;

    /// <summary>Whether a term that stands n times in a text counts 1 + ln n rather than n. False unless set.</summary>
    public bool SublinearCounts { get; set; }

    /// <summary>Weight of the text: 0 to 1,000,000, 1 unless set. Every field of an item has the length of its weight, however much stands in it.</summary>
    public double TextWeight { get; set; } = 1;

    /// <summary>Weight of the categories: 0 to 1,000,000, 1 unless set.</summary>
    public double CategoryWeight { get; set; } = 1;

    /// <summary>Weight of the brand: 0 to 1,000,000, 0.5 unless set.</summary>
    public double BrandWeight { get; set; } = 0.5;

    /// <summary>Weight of the tags: 0 to 1,000,000, 1 unless set.</summary>
    public double TagWeight { get; set; } = 1;

    /// <summary>Weight of the price and the other numbers together: 0 to 1,000,000, 0.25 unless set. Even numbers far from each other are somewhat alike, so that a large weight makes all items alike.</summary>
    public double NumberWeight { get; set; } = 0.25;

    /// <summary>Weight of the embedding: 0 to 1,000,000, 1 unless set.</summary>
    public double EmbeddingWeight { get; set; } = 1;

    /// <summary>Throws when an option is out of range, naming every one that is.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public void Validate()
    {
        List<string> faults = [];
        Require(Tokenizer is not null, nameof(Tokenizer), "null", "a tokenizer");
        Require(Tokenizer is null || !string.IsNullOrWhiteSpace(Tokenizer.Name), nameof(Tokenizer), "one without", "a tokenizer with a name");
        Require(MinItems >= 1, nameof(MinItems), MinItems, "1 or more");
        Require(MaxItemShare is > 0 and <= 1, nameof(MaxItemShare), MaxItemShare, "above 0 and at most 1");
        Require(MaxTerms >= 1, nameof(MaxTerms), MaxTerms, "1 or more");
        RequireWeight(TextWeight, nameof(TextWeight));
        RequireWeight(CategoryWeight, nameof(CategoryWeight));
        RequireWeight(BrandWeight, nameof(BrandWeight));
        RequireWeight(TagWeight, nameof(TagWeight));
        RequireWeight(NumberWeight, nameof(NumberWeight));
        RequireWeight(EmbeddingWeight, nameof(EmbeddingWeight));
        if (faults.Count > 0)
        {
            throw new ArgumentException($"These options of content are out of range: {string.Join("; ", faults)}.");
        }

        void RequireWeight(double weight, string name) => Require(weight is >= 0 and <= ContentRules.MostWeight, name, weight, "from 0 to 1,000,000");

        void Require(bool holds, string name, object value, string allowed)
        {
            if (!holds)
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{name} must be {allowed}, but is {value}"));
            }
        }
    }

    internal ContentRules ToRules(int embeddingLength) =>
        new(Tokenizer.Name, SublinearCounts, [TextWeight, CategoryWeight, BrandWeight, TagWeight, NumberWeight, EmbeddingWeight], embeddingLength);

    internal ContentOptions Copy() => (ContentOptions)MemberwiseClone();
}
