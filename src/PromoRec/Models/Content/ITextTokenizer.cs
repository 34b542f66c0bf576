namespace PromoRec.Models.Content;

/// <summary>Takes texts apart into the terms by which they are compared. Implement it to stem words or to use a dictionary; <see cref="UnicodeTokenizer"/> is the one in the box.</summary>
/// <remarks>Any number of threads may call it. The same text gives the same terms in the same order.</remarks>
public interface ITextTokenizer
{
    /// <summary>Names the tokenizer and its version. A model keeps it, and refuses to compare new texts that another has taken apart.</summary>
    string Name { get; }

    /// <summary>The terms of a text, repeated as often as they stand there.</summary>
    /// <remarks>Terms that are null, blank, longer than 256 characters or not valid Unicode are passed over.</remarks>
    IEnumerable<string> Tokenize(string text);
}
