using PromoRec.Candidates;
using PromoRec.Models.Content;
using PromoRec.Numerics;

namespace PromoRec.Scoring;

/// <summary>What is said about the offers of a catalog, in the terms of a content model: about the items at which they aim, known to the model or not, and in their own text. Immutable.</summary>
/// <remarks>
/// The vector of an offer is Σ x / n^β over its n items, of which its own text is one more; see <see cref="OfferTargetSets"/> for β and for the whole shop. Items that came into the catalog after the training are taken apart by
/// the vocabulary of the training, so that an offer has neighbours at once. Where the model's tokenizer is not known, texts and new items say nothing.
/// </remarks>
internal sealed class ContentOffers
{
    private ContentOffers(OfferSets sets, CsrMatrix setsOfTerm)
    {
        Sets = sets;
        SetsOfTerm = setsOfTerm;
    }

    /// <summary>Offers with the same targets and the same text share a set.</summary>
    public OfferSets Sets { get; }

    /// <summary>Terms × sets.</summary>
    public CsrMatrix SetsOfTerm { get; }

    /// <param name="model">The model.</param>
    /// <param name="catalog">The offers.</param>
    /// <param name="targets">The model's items of the offers.</param>
    /// <param name="exponent">β.</param>
    public static ContentOffers Of(ContentModel model, CompiledCatalog catalog, OfferTargetSets targets, double exponent)
    {
        var newItems = new NewItemVectors(model, catalog);
        var numbers = new Dictionary<(int Target, string? Text), int>();
        var setOf = new int[catalog.Count];
        var offsets = new List<long> { 0 };
        var columns = new List<int>();
        var values = new List<float>();
        var sum = new SparseAccumulator();
        for (int row = 0; row < setOf.Length; row++)
        {
            Offer offer = catalog.Offers[row];
            (int Target, string? Text) key = (targets.SetOf[row], newItems.TextOf(offer));
            if (!numbers.TryGetValue(key, out setOf[row]))
            {
                setOf[row] = numbers.Count;
                numbers.Add(key, setOf[row]);
                sum.Clear(model.Vectors.Columns);
                Add(model, targets, row, newItems.Of(offer), exponent, sum);
                int[] terms = sum.Touched.ToArray();
                Array.Sort(terms);
                foreach (int term in terms.Where(term => sum.SumOf(term) != 0))
                {
                    columns.Add(term);
                    values.Add(sum.SumOf(term));
                }

                offsets.Add(columns.Count);
            }
        }

        var bySet = new CsrMatrix(model.Vectors.Columns, offsets.ToArray(), columns.ToArray(), values.ToArray());
        return new ContentOffers(new OfferSets(setOf, numbers.Count), bySet.Transpose());
    }

    private static void Add(ContentModel model, OfferTargetSets targets, int row, List<(int[] Terms, float[] Values)> added, double exponent, SparseAccumulator sum)
    {
        int set = targets.SetOf[row];
        ReadOnlySpan<int> items = targets.BySet.ColumnsOf(set);
        ReadOnlySpan<float> weights = targets.BySet.ValuesOf(set);

        // The whole shop stands for one typical item, with weights that sum to 1.
        int known = targets.IsWholeShop(set) ? 1 : items.Length;
        float all = (float)Math.Pow(Math.Max(1, known + added.Count), -exponent);
        float scale = known == 0 || added.Count == 0 ? 1 : all / (float)Math.Pow(known, -exponent);
        for (int i = 0; i < items.Length; i++)
        {
            sum.AddScaled(weights[i] * scale, model.Vectors.ColumnsOf(items[i]), model.Vectors.ValuesOf(items[i]));
        }

        foreach ((int[] terms, float[] values) in added)
        {
            sum.AddScaled(all, terms, values);
        }
    }
}
