using PromoRec.Datasets;
using PromoRec.Models;
using PromoRec.Training;

namespace PromoRec.Cli.Commands;

/// <summary>Trains a model of some family.</summary>
internal delegate RecommendationModel ModelTrainer(InteractionDataset dataset, IProgress<TrainingProgress> progress, CancellationToken cancellationToken);
