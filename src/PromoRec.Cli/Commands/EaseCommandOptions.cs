using System.CommandLine;
using PromoRec.Training.Ease;

namespace PromoRec.Cli.Commands;

/// <summary>Options of commands that train EASE.</summary>
internal sealed class EaseCommandOptions
{
    private static readonly EaseOptions Unset = new();

    private readonly Option<int> _maxWeights = OptionFactory.Integer("--max-weights", "ease: most weights towards one item", Unset.MaxWeights, 1, 1_000_000);
    private readonly Option<bool> _keepValues = OptionFactory.Flag("--keep-values", "ease: learn from values as they are, rather than from one for each item that a customer has");

    public IReadOnlyList<Option> All => [_maxWeights, _keepValues];

    public ModelTrainer Read(ParseResult parsed, double? regularization, int threads)
    {
        EaseOptions options = new()
        {
            Regularization = regularization ?? Unset.Regularization,
            MaxWeights = parsed.GetValue(_maxWeights),
            Binary = !parsed.GetValue(_keepValues),
            Threads = threads,
        };
        return (data, progress, cancellationToken) => new EaseTrainer(options).Train(data.Dataset, progress, cancellationToken);
    }
}
