using PromoRec.Datasets.Features;

namespace PromoRec.Cli.Reading;

/// <summary>What a features file says: which columns of a table become which features, and which one is the label.</summary>
/// <param name="Schema">The features.</param>
/// <param name="Columns">Where each of them comes from; crosses come from no column of their own.</param>
/// <param name="Label">The column of what is to be predicted.</param>
/// <param name="Weight">The column of what each row counts; null where all count the same.</param>
internal sealed record FeatureFile(FeatureSchema Schema, IReadOnlyList<FeatureColumn> Columns, string Label, string? Weight);
