using PromoRec.Datasets.Features;
using PromoRec.Models.Linear;

namespace PromoRec.Models.Hybrid;

/// <summary>What a linear model has learnt about the ranges of one number. Immutable.</summary>
internal sealed class BucketWeights
{
    private readonly FeatureField _field;
    private readonly float[] _weights;

    /// <param name="model">The model.</param>
    /// <param name="name">The name of a field of buckets.</param>
    public BucketWeights(LinearModel model, string name)
    {
        _ = model.Schema.TryGetPosition(name, out int position);
        _field = model.Schema.Fields[position];
        double[] weights = model.Weights[_field.FirstColumn..(_field.FirstColumn + _field.OwnColumns)];
        _weights = Array.ConvertAll(weights, weight => (float)weight);
        AreZero = Array.TrueForAll(weights, weight => weight == 0);
    }

    /// <summary>Whether the number makes no difference.</summary>
    public bool AreZero { get; }

    /// <summary>The weight of a number's range; 0 for NaN, which stands for a number that is not known.</summary>
    public float Of(double number) => double.IsNaN(number) ? 0 : _weights[_field.BucketOf(number)];
}
