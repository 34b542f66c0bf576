using PromoRec.Models;
using PromoRec.Numerics;

namespace PromoRec.Scoring;

/// <summary>The mean of a model's items, weighted by popularity: what an offer on the whole shop is about.</summary>
internal sealed class TypicalItem
{
    private TypicalItem(float[] vector, float popularity)
    {
        Vector = vector;
        Popularity = popularity;
    }

    /// <summary>As long as a padded row.</summary>
    public float[] Vector { get; }

    public float Popularity { get; }

    public static TypicalItem Of(FactorModel model)
    {
        FactorMatrix items = model.ItemFactors;
        ReadOnlySpan<float> popularity = model.History.ItemPopularity.Span;
        double total = 0;
        double squares = 0;
        foreach (float value in popularity)
        {
            total += value;
            squares += (double)value * value;
        }

        var vector = new float[items.Stride];
        for (int row = 0; row < items.Rows; row++)
        {
            double weight = total > 0 ? popularity[row] / total : 1.0 / items.Rows;
            VectorMath.AddScaled((float)weight, items.Row(row), vector);
        }

        return new TypicalItem(vector, total > 0 ? (float)(squares / total) : 0);
    }
}
