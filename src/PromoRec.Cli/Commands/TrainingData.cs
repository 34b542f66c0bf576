using PromoRec.Cli.Output;
using PromoRec.Datasets;

namespace PromoRec.Cli.Commands;

/// <summary>What models are trained on.</summary>
/// <param name="Dataset">The data.</param>
/// <param name="Report">What became of the rows.</param>
/// <param name="Seconds">How long reading took.</param>
internal sealed record TrainingData(InteractionDataset Dataset, DataReport Report, double Seconds);
