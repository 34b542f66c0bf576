using PromoRec.Models;

namespace PromoRec.Cli.Commands;

/// <summary>Trains a model of some family.</summary>
internal delegate RecommendationModel ModelTrainer(TrainingSet data, ITrainingListener progress, CancellationToken cancellationToken);
