using PromoRec.Datasets;
using PromoRec.Models.Ratings;
using PromoRec.Numerics;

namespace PromoRec.Training.Ratings;

/// <summary>Finds how much higher items are rated than others, for Slope One.</summary>
/// <remarks>
/// <para>The same data and options give the same model, bit by bit, for any number of threads. Cost: O(Σ over customers of n²) for n items of a customer; memory: the deviations, and a row
/// of sums for each thread.</para>
/// <para>Source: Lemire and Maclachlan, SIAM Data Mining 2005.</para>
/// </remarks>
public sealed class SlopeOneTrainer
{
    private readonly SlopeOneOptions _options;
    private readonly TimeProvider _timeProvider;

    /// <summary>Creates a trainer. Later changes of the options make no difference to it.</summary>
    /// <param name="options">How; the defaults unless given.</param>
    /// <param name="timeProvider">Measures how long it takes; the system's unless given.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names every one that is.</exception>
    public SlopeOneTrainer(SlopeOneOptions? options = null, TimeProvider? timeProvider = null)
    {
        _options = (options ?? new SlopeOneOptions()).Copy();
        _options.Validate();
        _timeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Trains a model. Any number of threads may train at once.</summary>
    /// <param name="dataset">The ratings: every value is one.</param>
    /// <param name="progress">Told after every tenth of the items.</param>
    /// <param name="cancellationToken">Stops the training between two batches of items.</param>
    /// <exception cref="TrainingException">There is no rating.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public SlopeOneModel Train(InteractionDataset dataset, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        RatingScale scale = RatingData.ScaleOf(dataset);
        CsrMatrix deviations = RowLists.Build(
            dataset.ItemCount,
            Threads.Resolve(_options.Threads),
            () => new DeviationLists(dataset.ByItem, dataset.ByUser, _options).Of,
            _timeProvider,
            progress,
            cancellationToken);
        return new SlopeOneModel(
            dataset.Users, dataset.Items, scale, deviations, TrainingHistory.Of(dataset), TrainedManifest.Create("slope-one", dataset, _options.ToText()));
    }
}
