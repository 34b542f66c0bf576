using PromoRec.Candidates;
using PromoRec.Datasets;
using PromoRec.Numerics;
using PromoRec.Scoring;

namespace PromoRec.Ranking;

/// <summary>One model and one catalog, worked out together. Immutable: a request that holds it sees no mixture of two.</summary>
internal sealed class RankingState
{
    private readonly int[] _targetOfModelItem;
    private readonly int[] _rowOfModelOffer;

    private RankingState(CompiledCatalog catalog, ModelInsight? insight, double targetSizeExponent)
    {
        Catalog = catalog;
        Insight = insight;
        Affinities = OfferAffinities.Compute(catalog, insight?.Model, targetSizeExponent);
        Explanations = Affinities.Vectors is { } vectors ? insight?.Explain(vectors) : null;
        _targetOfModelItem = insight is null ? [] : catalog.PurchaseTargets.NumbersOf(insight.Model.Items);
        _rowOfModelOffer = insight is null ? [] : RowsOf(catalog, insight.Model.History.Offers);
    }

    public CompiledCatalog Catalog { get; }

    /// <summary>Null before the first model.</summary>
    public ModelInsight? Insight { get; }

    public OfferAffinities Affinities { get; }

    /// <summary>Offers × factors: each row explains its offer's scores by an inner product with a past item's factors.</summary>
    public FactorMatrix? Explanations { get; }

    public string ModelVersion => Insight?.Model.Manifest.Version ?? string.Empty;

    /// <summary>For each item of the model its number among the purchase targets, or -1.</summary>
    public ReadOnlySpan<int> TargetOfModelItem => _targetOfModelItem;

    /// <summary>For each offer of the model's history its row in the catalog, or -1.</summary>
    public ReadOnlySpan<int> RowOfModelOffer => _rowOfModelOffer;

    public static RankingState Compile(CompiledCatalog catalog, ModelInsight? insight, double targetSizeExponent) => new(catalog, insight, targetSizeExponent);

    private static int[] RowsOf(CompiledCatalog catalog, IdIndex offers)
    {
        var rows = new int[offers.Count];
        Array.Fill(rows, -1);
        ReadOnlySpan<Offer> current = catalog.Offers;
        for (int row = 0; row < current.Length; row++)
        {
            if (offers.TryGetRow(current[row].Id.Value, out int modelRow))
            {
                rows[modelRow] = row;
            }
        }

        return rows;
    }
}
