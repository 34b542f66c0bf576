using PromoRec.Datasets.Features;
using PromoRec.Models.Linear;
using PromoRec.Training;

namespace PromoRec.Cli.Commands;

/// <summary>How a linear model is learnt from examples, as the command line says.</summary>
/// <param name="Loss">What errors cost.</param>
/// <param name="Calibration">What turns its scores into probabilities.</param>
/// <param name="Train">Learns.</param>
internal sealed record LinearTraining(LinearLoss Loss, Calibration Calibration, Func<ExampleSet, IProgress<TrainingProgress>, CancellationToken, LinearModel> Train);
