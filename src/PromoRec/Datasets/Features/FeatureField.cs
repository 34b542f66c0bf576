namespace PromoRec.Datasets.Features;

/// <summary>One declared input of a linear model: a namespace of features. Made by a <see cref="FeatureSchemaBuilder"/>.</summary>
public sealed class FeatureField
{
    internal FeatureField(string name, FeatureKind kind, int firstColumn, int ownColumns)
    {
        Name = name;
        Kind = kind;
        FirstColumn = firstColumn;
        OwnColumns = ownColumns;
    }

    /// <summary>The name by which hosts set it.</summary>
    public string Name { get; }

    /// <summary>How it becomes columns.</summary>
    public FeatureKind Kind { get; }

    /// <summary>What is taken from a <see cref="FeatureKind.Number"/> before it is scaled.</summary>
    public double Center { get; internal init; }

    /// <summary>What a <see cref="FeatureKind.Number"/> is divided by: not 0.</summary>
    public double Scale { get; internal init; } = 1;

    /// <summary>The ascending boundaries of <see cref="FeatureKind.Buckets"/>: a number equal to one lies above it.</summary>
    public IReadOnlyList<double> Boundaries { get; internal init; } = [];

    /// <summary>The declared texts of <see cref="FeatureKind.Categories"/>.</summary>
    public IReadOnlyList<string> Categories { get; internal init; } = [];

    /// <summary>The fields that a <see cref="FeatureKind.Cross"/> combines.</summary>
    public IReadOnlyList<string> Members { get; internal init; } = [];

    /// <summary>First column that no other field writes to; the start of the hashed columns where the field is hashed.</summary>
    internal int FirstColumn { get; }

    /// <summary>Columns that no other field writes to.</summary>
    internal int OwnColumns { get; }

    /// <summary>Positions of <see cref="Members"/> in the schema.</summary>
    internal int[] MemberPositions { get; init; } = [];

    internal int BucketOf(double number)
    {
        int bucket = 0;
        while (bucket < Boundaries.Count && number >= Boundaries[bucket])
        {
            bucket++;
        }

        return bucket;
    }

    /// <summary>Position of a declared text, or the number of declared texts for every other.</summary>
    internal int CategoryOf(string text)
    {
        int category = 0;
        while (category < Categories.Count && !string.Equals(Categories[category], text, StringComparison.Ordinal))
        {
            category++;
        }

        return category;
    }
}
