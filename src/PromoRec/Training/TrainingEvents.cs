using PromoRec.Datasets;

namespace PromoRec.Training;

/// <summary>The single events of a dataset, for trainers that cannot do without.</summary>
internal static class TrainingEvents
{
    /// <exception cref="ArgumentException">The dataset keeps none.</exception>
    public static EventHistory Of(InteractionDataset dataset, string parameterName) => dataset.Events ?? throw new ArgumentException(
        $"This model is learnt from single events and their times, but the dataset keeps none. Set {nameof(DatasetOptions)}.{nameof(DatasetOptions.KeepEvents)} before it is built.", parameterName);
}
