using PromoRec.Evaluation;

namespace PromoRec.Cli.Commands;

/// <summary>What a search goes by.</summary>
/// <param name="Name">Its name in reports.</param>
/// <param name="Ranking">What is to be high of rankings.</param>
/// <param name="Error">What is to be low of predicted ratings; null for rankings.</param>
internal sealed record TuneMetric(string Name, RankingMetric Ranking, RatingErrorKind? Error);
