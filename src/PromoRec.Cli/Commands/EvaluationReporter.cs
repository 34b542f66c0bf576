using PromoRec.Cli.Output;
using PromoRec.Evaluation;

namespace PromoRec.Cli.Commands;

/// <summary>Shows how far an evaluation has come. Several threads may report at once.</summary>
internal sealed class EvaluationReporter(ProgressLine progress) : IProgress<EvaluationProgress>
{
    private readonly Lock _lock = new();

    public void Report(EvaluationProgress value)
    {
        lock (_lock)
        {
            progress.Show(() => $"evaluating: {value.Users:N0} of {Quantity.Count(value.Total, "customer", "customers")}");
        }
    }
}
