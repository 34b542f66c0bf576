using PromoRec.Cli.Output;
using PromoRec.Cli.Reading;
using PromoRec.Evaluation;
using PromoRec.Models;

namespace PromoRec.Cli.Commands;

/// <summary>Ranks items: the whole catalog, or the candidates of each customer.</summary>
internal sealed class ItemEvaluator(EvaluationOptions options, IReadOnlyList<RankingMetric> metrics, TestRows test, TestRows? candidates) : Evaluator
{
    public override string Protocol => candidates is null ? "full-catalog" : "candidates";

    public override EvaluationResult Evaluate(RecommendationModel model, ProgressLine progress, CancellationToken cancellationToken) =>
        Run(ItemScorer.FromModel(model), progress, cancellationToken);

    public override EvaluationResult EvaluatePopularity(RecommendationModel model, ProgressLine progress, CancellationToken cancellationToken) =>
        Run(ItemScorer.Popularity(model), progress, cancellationToken);

    private EvaluationResult Run(ItemScorer scorer, ProgressLine progress, CancellationToken cancellationToken)
    {
        try
        {
            return new RankingEvaluator(options).EvaluateItems(scorer, test.Items, metrics, candidates?.Items, new EvaluationReporter(progress), cancellationToken);
        }
        catch (PromoRecException fault)
        {
            string remedy = options.RankSeenItems ? string.Empty : " Items that customers had before are ranked with --keep-consumed.";
            throw InputException.File(test.Path, $"{fault.Message}{remedy}", inner: fault);
        }
    }
}
