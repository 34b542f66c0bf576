using PromoRec.Datasets;
using PromoRec.Numerics;

namespace PromoRec.Models.Popularity;

/// <summary>What a model of popularity has learnt.</summary>
/// <param name="Segments">Names of the segments.</param>
/// <param name="UserSegments">Customers × segments: 1 where the customer is in the segment.</param>
/// <param name="Categories">Names of the categories.</param>
/// <param name="ItemCategories">Items × categories: 1 where the item is in the category.</param>
/// <param name="Scores">(1 + segments) × items: the scores among all customers, then those in each segment; finite, 0 or above.</param>
internal sealed record PopularityTables(IdIndex Segments, CsrMatrix UserSegments, IdIndex Categories, CsrMatrix ItemCategories, ReadOnlyMemory<float> Scores)
{
    /// <summary>Whether a text can be the name of a segment or category: what an id can be.</summary>
    public static bool IsName(string name) => !string.IsNullOrWhiteSpace(name) && name.Length <= IdValue.MaxLength && IsWellFormed(name);

    private static bool IsWellFormed(string name)
    {
        for (int i = 0; i < name.Length; i++)
        {
            if (char.IsHighSurrogate(name[i]) && i + 1 < name.Length && char.IsLowSurrogate(name[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(name[i]))
            {
                return false;
            }
        }

        return true;
    }
}
