using PromoRec.Datasets.Features;

namespace PromoRec.Cli.Reading;

/// <summary>A row of a file of examples. It may be another one after the next is read.</summary>
internal abstract class ExampleRow
{
    /// <summary>The line at which it begins, from 1.</summary>
    public long Line { get; protected set; }

    /// <summary>1 or 0, or the number to predict.</summary>
    public double Label { get; protected set; }

    /// <summary>Adds it to a set.</summary>
    public abstract void AddTo(ExampleSetBuilder builder);

    /// <summary>What is known about it.</summary>
    public abstract FeatureValues ToValues();
}
