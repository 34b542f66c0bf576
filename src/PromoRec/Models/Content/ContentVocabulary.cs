using PromoRec.Datasets;

namespace PromoRec.Models.Content;

/// <summary>The terms by which items are compared, and what is known of them.</summary>
/// <param name="Terms">The terms.</param>
/// <param name="Rarity">For each term what a count is multiplied by: its inverse document frequency, or 1; finite, 0 or above.</param>
/// <param name="Numbers">Names of the numbers.</param>
/// <param name="Centres">For each number its median; finite.</param>
/// <param name="Spreads">For each number its interquartile range; finite, above 0.</param>
internal sealed record ContentVocabulary(IdIndex Terms, ReadOnlyMemory<float> Rarity, IdIndex Numbers, ReadOnlyMemory<float> Centres, ReadOnlyMemory<float> Spreads);
