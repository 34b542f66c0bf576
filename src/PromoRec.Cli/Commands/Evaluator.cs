using PromoRec.Cli.Output;
using PromoRec.Evaluation;
using PromoRec.Models;

namespace PromoRec.Cli.Commands;

/// <summary>One way to evaluate: over items, or over offers.</summary>
internal abstract class Evaluator
{
    /// <summary>Name of the protocol in reports.</summary>
    public abstract string Protocol { get; }

    public abstract EvaluationResult Evaluate(RecommendationModel model, ProgressLine progress, CancellationToken cancellationToken);

    /// <summary>The same for the ranking that everybody would get without personalisation.</summary>
    public abstract EvaluationResult EvaluatePopularity(RecommendationModel model, ProgressLine progress, CancellationToken cancellationToken);
}
