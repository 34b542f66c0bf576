using PromoRec.Datasets.Features;

namespace PromoRec.Cli.Reading;

/// <summary>A field of a feature schema and the column of a table that fills it.</summary>
internal sealed record FeatureColumn(FeatureField Field, string Column);
