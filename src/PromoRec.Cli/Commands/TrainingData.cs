using PromoRec.Cli.Output;
using PromoRec.Datasets;

namespace PromoRec.Cli.Commands;

/// <summary>What models are trained on.</summary>
/// <param name="Set">The data.</param>
/// <param name="Report">What became of the rows.</param>
/// <param name="Seconds">How long reading took.</param>
internal sealed record TrainingData(TrainingSet Set, DataReport Report, double Seconds)
{
    public InteractionDataset Dataset => Set.Dataset;
}
