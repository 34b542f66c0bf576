using PromoRec.Datasets;
using PromoRec.Models.Ratings;
using PromoRec.Numerics;

namespace PromoRec.Training.Ratings;

/// <summary>Fits a baseline estimate of every rating, μ + bᵤ + bᵢ, by alternating least squares.</summary>
/// <remarks>
/// <para>Minimises Σ (r − μ − bᵤ − bᵢ)² + λᵤ Σ bᵤ² + λᵢ Σ bᵢ², where μ is the mean of all ratings.</para>
/// <para>The same data and options give the same model, bit by bit, for any number of threads. Cost of a sweep: two passes over the ratings.</para>
/// <para>Source: Koren, ACM TKDD 4(1), 2010, section 2.1, with the alternation and the defaults of Surprise.</para>
/// </remarks>
public sealed class BaselineTrainer
{
    private readonly BaselineOptions _options;
    private readonly TimeProvider _timeProvider;

    /// <summary>Creates a trainer. Later changes of the options make no difference to it.</summary>
    /// <param name="options">How; the defaults unless given.</param>
    /// <param name="timeProvider">Measures how long it takes; the system's unless given.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names every one that is.</exception>
    public BaselineTrainer(BaselineOptions? options = null, TimeProvider? timeProvider = null)
    {
        _options = (options ?? new BaselineOptions()).Copy();
        _options.Validate();
        _timeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Trains a model. Any number of threads may train at once.</summary>
    /// <param name="dataset">The ratings: every value is one.</param>
    /// <param name="progress">Told after every sweep.</param>
    /// <param name="cancellationToken">Stops the training inside a sweep.</param>
    /// <exception cref="TrainingException">There is no rating.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public BaselineModel Train(InteractionDataset dataset, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        RatingScale scale = RatingData.ScaleOf(dataset);
        BiasSweeps sweeps = new(dataset, scale.Mean, _options, Threads.Resolve(_options.Threads));
        for (int sweep = 1; sweep <= _options.Sweeps; sweep++)
        {
            long started = _timeProvider.GetTimestamp();
            sweeps.Sweep(cancellationToken);
            progress?.Report(new TrainingProgress(sweep, _options.Sweeps, _timeProvider.GetElapsedTime(started), null));
        }

        SortedDictionary<string, string> values = new(StringComparer.Ordinal);
        _options.AddTo(values, string.Empty);
        return new BaselineModel(
            dataset.Users, dataset.Items, scale, sweeps.Biases, _options.FoldInRegularization, TrainingHistory.Of(dataset), TrainedManifest.Create("baseline", dataset, values));
    }
}
