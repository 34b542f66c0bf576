using PromoRec.Numerics;

namespace PromoRec.Datasets.Features;

/// <summary>Examples with labels and weights, as linear models learn from them. Immutable; any number of threads may read it.</summary>
/// <remarks>It is made by an <see cref="ExampleSetBuilder"/>; examples keep the order in which they were added.</remarks>
public sealed class ExampleSet
{
    internal ExampleSet(FeatureSchema schema, CsrMatrix features, double[] labels, double[] weights, string fingerprint)
    {
        Schema = schema;
        Features = features;
        Labels = labels;
        Weights = weights;
        Fingerprint = fingerprint;
    }

    /// <summary>The schema that gives the columns.</summary>
    public FeatureSchema Schema { get; }

    /// <summary>Number of examples.</summary>
    public int Count => Labels.Length;

    /// <summary>SHA-256, in hexadecimal, of schema, features, labels and weights in the order of the examples.</summary>
    public string Fingerprint { get; }

    /// <summary>Examples × columns.</summary>
    internal CsrMatrix Features { get; }

    /// <summary>1 and 0 for true and false, or the number to predict.</summary>
    internal double[] Labels { get; }

    /// <summary>What each example counts, 0 or above.</summary>
    internal double[] Weights { get; }

    /// <summary>The label of an example: 1 or 0 for true or false, or the number to predict.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such example.</exception>
    public double LabelAt(int example) => Labels[example];
}
