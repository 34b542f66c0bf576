using PromoRec.Candidates;
using PromoRec.Models;
using PromoRec.Numerics;

namespace PromoRec.Scoring;

/// <summary>What a model knows of each offer of a catalog: a vector and a popularity, both made of those of the offer's targets. Immutable.</summary>
/// <remarks>
/// <para>
/// For an offer that aims at n items the model knows: v = (Σ yᵢ) / n^β and p = (Σ pᵢ) / n^β, over the distinct items of all targets
/// together. β = 1 takes the mean, so that a narrow and a broad offer compete on equal terms; β = 0 takes the sum, so that a
/// broad offer gains with every item in it; between them, in between.
/// </para>
/// <para>
/// The whole shop counts as one typical item: v = Σ pᵢ yᵢ / Σ pᵢ and p = Σ pᵢ² / Σ pᵢ over all items of the model, with equal weights
/// where nothing is popular. An offer with no item that the model knows has v = 0 and p = 0, and can still be ranked.
/// </para>
/// <para>Cost: O((items of all offers) · factors), paid by whoever publishes a model or changes the catalog.</para>
/// </remarks>
internal sealed class OfferAffinities
{
    private readonly float[] _popularity;
    private readonly bool[] _isPopular;

    private OfferAffinities(FactorMatrix? vectors, float[] popularity, int coldCount)
    {
        Vectors = vectors;
        ColdCount = coldCount;
        _popularity = popularity;
        HasPopularity = popularity.AsSpan().ContainsAnyExcept(0f);
        _isPopular = MarkTopTenth(popularity);
    }

    /// <summary>Offers × factors; null without a model.</summary>
    public FactorMatrix? Vectors { get; }

    public ReadOnlySpan<float> Popularity => _popularity;

    /// <summary>Whether any offer has a popularity above 0.</summary>
    public bool HasPopularity { get; }

    /// <summary>Offers with no item that the model knows.</summary>
    public int ColdCount { get; }

    /// <summary>Whether an offer is among the most popular tenth of the catalog.</summary>
    public bool IsPopular(int row) => _isPopular[row];

    public static OfferAffinities Compute(CompiledCatalog catalog, FactorModel? model, double targetSizeExponent)
    {
        var popularity = new float[catalog.Count];
        if (model is null)
        {
            return new OfferAffinities(null, popularity, catalog.Count);
        }

        FactorMatrix vectors = FactorMatrix.Create(catalog.Count, model.Factors);
        var targets = new TargetResolver(catalog.Groups, model.Items);
        ReadOnlySpan<float> itemPopularity = model.History.ItemPopularity.Span;
        int cold = 0;
        TypicalItem? typical = null;
        for (int row = 0; row < catalog.Count; row++)
        {
            Offer offer = catalog.Offers[row];
            if (offer.Targets.Any(target => target.Kind == OfferTargetKind.WholeShop))
            {
                typical ??= TypicalItem.Of(model);
                typical.Vector.CopyTo(vectors.Row(row));
                popularity[row] = typical.Popularity;
                continue;
            }

            ReadOnlySpan<int> items = targets.Resolve(offer);
            cold += items.IsEmpty ? 1 : 0;
            popularity[row] = Combine(items, model.ItemFactors, itemPopularity, targetSizeExponent, vectors.Row(row));
        }

        return new OfferAffinities(vectors, popularity, cold);
    }

    private static float Combine(ReadOnlySpan<int> items, FactorMatrix factors, ReadOnlySpan<float> itemPopularity, double exponent, Span<float> vector)
    {
        float scale = (float)Math.Pow(Math.Max(1, items.Length), -exponent);
        float popularity = 0;
        foreach (int item in items)
        {
            VectorMath.AddScaled(scale, factors.Row(item), vector);
            popularity += itemPopularity.IsEmpty ? 0 : scale * itemPopularity[item];
        }

        return popularity;
    }

    private static bool[] MarkTopTenth(float[] popularity)
    {
        float[] sorted = [.. popularity.Where(value => value > 0)];
        if (sorted.Length == 0)
        {
            return new bool[popularity.Length];
        }

        Array.Sort(sorted);
        float bound = sorted[sorted.Length - Math.Max(1, sorted.Length / 10)];
        return Array.ConvertAll(popularity, value => value >= bound);
    }
}
