namespace PromoRec.Models.Content;

/// <summary>How an item becomes a vector.</summary>
/// <param name="Tokenizer">Name of the tokenizer.</param>
/// <param name="HasSublinearCounts">Whether a term that stands n times in a text counts 1 + ln n rather than n.</param>
/// <param name="Weights">The weight of each field, by its number; 0 or above.</param>
/// <param name="EmbeddingLength">Coordinates of an embedding; 0 for none.</param>
internal sealed record ContentRules(string Tokenizer, bool HasSublinearCounts, IReadOnlyList<double> Weights, int EmbeddingLength)
{
    public const int Fields = 6;

    /// <summary>Largest weight: the squares of larger ones might not be finite.</summary>
    public const double MostWeight = 1_000_000;
}
