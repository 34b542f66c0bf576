namespace PromoRec.Evaluation;

/// <summary>A metric over all test customers.</summary>
/// <param name="Metric">Which one.</param>
/// <param name="Mean">Mean over the customers for whom it is defined, or the one value of a metric that only all customers together have.</param>
/// <param name="Low">Lower end of the confidence interval of the mean; null where there is none.</param>
/// <param name="High">Upper end of the confidence interval of the mean; null where there is none.</param>
public readonly record struct MetricEstimate(RankingMetric Metric, double Mean, double? Low, double? High);
