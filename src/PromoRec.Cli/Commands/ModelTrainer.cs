using PromoRec.Datasets;
using PromoRec.Models;

namespace PromoRec.Cli.Commands;

/// <summary>Trains a model of some family.</summary>
internal delegate RecommendationModel ModelTrainer(InteractionDataset dataset, ITrainingListener progress, CancellationToken cancellationToken);
