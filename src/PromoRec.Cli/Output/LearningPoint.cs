namespace PromoRec.Cli.Output;

/// <summary>The value of a metric after training on a share of the training data, 1 for all.</summary>
internal sealed record LearningPoint(double Share, string Metric, double Value);
