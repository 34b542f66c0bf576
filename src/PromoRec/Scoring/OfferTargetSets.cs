using PromoRec.Candidates;
using PromoRec.Datasets;
using PromoRec.Numerics;

namespace PromoRec.Scoring;

/// <summary>How much each item of a model counts in each offer of a catalog. Offers with the same targets share a set, and are worked out once. Immutable.</summary>
/// <remarks>
/// <para>
/// What a model knows of an offer is a weighted sum over the items at which it aims. An offer at n items that the model knows gives each the weight
/// 1 / n^β, over the distinct items of all targets together. β = 1 takes the mean, so that a narrow and a broad offer compete on
/// equal terms; β = 0 takes the sum, so that a broad offer gains with every item in it; between them, in between.
/// </para>
/// <para>
/// The whole shop counts as one typical item: the mean of all items of the model by popularity, with equal weights where nothing is popular. An
/// offer with no item that the model knows has no weights, and so score 0, and can still be ranked.
/// </para>
/// <para>Cost: O(items of the distinct target lists), paid by whoever publishes a model or changes the catalog.</para>
/// </remarks>
internal sealed class OfferTargetSets : OfferSets
{
    private readonly Lazy<CsrMatrix> _byItem;
    private readonly HashSet<int> _wholeShop;

    private OfferTargetSets(int[] setOf, CsrMatrix bySet, HashSet<int> wholeShop, int coldOffers)
        : base(setOf, bySet.Rows)
    {
        _wholeShop = wholeShop;
        _byItem = new Lazy<CsrMatrix>(bySet.Transpose);
        BySet = bySet;
        ColdOffers = coldOffers;
    }

    /// <summary>Sets × items: the weight of each item.</summary>
    public CsrMatrix BySet { get; }

    /// <summary>Items × sets: the same weights.</summary>
    public CsrMatrix ByItem => _byItem.Value;

    /// <summary>Offers with no item that the model knows.</summary>
    public int ColdOffers { get; }

    /// <summary>Whether a set is that of offers for the whole shop.</summary>
    public bool IsWholeShop(int set) => _wholeShop.Contains(set);

    /// <param name="catalog">The offers.</param>
    /// <param name="items">The model's items.</param>
    /// <param name="popularity">The popularity of each of these items; empty where nothing is known of it.</param>
    /// <param name="exponent">β.</param>
    public static OfferTargetSets Of(CompiledCatalog catalog, IdIndex items, ReadOnlySpan<float> popularity, double exponent)
    {
        var resolver = new TargetResolver(catalog.Groups, items);
        var numbers = new Dictionary<IReadOnlyList<OfferTarget>, int>(new TargetListComparer());
        var setOf = new int[catalog.Count];
        var offsets = new List<long> { 0 };
        var columns = new List<int>();
        var weights = new List<float>();
        var wholeShop = new HashSet<int>();
        int cold = 0;
        for (int row = 0; row < catalog.Count; row++)
        {
            Offer offer = catalog.Offers[row];
            if (!numbers.TryGetValue(offer.Targets, out int number))
            {
                number = numbers.Count;
                numbers.Add(offer.Targets, number);
                if (offer.Targets.Contains(OfferTarget.WholeShop))
                {
                    wholeShop.Add(number);
                    AddTypicalItem(items.Count, popularity, columns, weights);
                }
                else
                {
                    ReadOnlySpan<int> aimed = resolver.Resolve(offer);
                    columns.AddRange(aimed);
                    weights.AddRange(Enumerable.Repeat((float)Math.Pow(Math.Max(1, aimed.Length), -exponent), aimed.Length));
                }

                offsets.Add(columns.Count);
            }

            setOf[row] = number;
            cold += offsets[number] == offsets[number + 1] && !offer.Targets.Contains(OfferTarget.WholeShop) ? 1 : 0;
        }

        return new OfferTargetSets(setOf, new CsrMatrix(items.Count, offsets.ToArray(), columns.ToArray(), weights.ToArray()), wholeShop, cold);
    }

    private static void AddTypicalItem(int count, ReadOnlySpan<float> popularity, List<int> columns, List<float> weights)
    {
        double total = 0;
        foreach (float value in popularity)
        {
            total += value;
        }

        for (int item = 0; item < count; item++)
        {
            double weight = total > 0 ? popularity[item] / total : 1.0 / count;
            if (weight > 0)
            {
                columns.Add(item);
                weights.Add((float)weight);
            }
        }
    }
}
