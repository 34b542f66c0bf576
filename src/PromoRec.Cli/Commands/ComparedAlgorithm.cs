using PromoRec.Cli.Output;
using PromoRec.Evaluation;

namespace PromoRec.Cli.Commands;

/// <summary>An algorithm that was trained and measured.</summary>
/// <param name="Name">It and its options.</param>
/// <param name="Outcome">The model.</param>
/// <param name="Result">How well it ranks.</param>
/// <param name="EvaluateSeconds">How long measuring took.</param>
/// <param name="Curves">What a report shows; null where none is asked for.</param>
internal sealed record ComparedAlgorithm(string Name, TrainingOutcome Outcome, EvaluationResult Result, double EvaluateSeconds, RankingCurves? Curves);
