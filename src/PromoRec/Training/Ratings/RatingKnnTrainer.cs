using PromoRec.Datasets;
using PromoRec.Models.Ratings;
using PromoRec.Numerics;

namespace PromoRec.Training.Ratings;

/// <summary>Compares customers, or items, by their ratings, so that ratings can be predicted from those of the nearest.</summary>
/// <remarks>
/// <para>The same data and options give the same model, bit by bit, for any number of threads. Cost: O(Σ over items of n²) for n customers of an item, and the other way round for items;
/// memory: the similarities, and a row of sums for each thread.</para>
/// <para>Sources: Herlocker, Konstan, Borchers and Riedl, SIGIR 1999; Koren, ACM TKDD 4(1), 2010, section 2.2; the forms and defaults are those of Surprise.</para>
/// </remarks>
public sealed class RatingKnnTrainer
{
    private readonly RatingKnnOptions _options;
    private readonly TimeProvider _timeProvider;

    /// <summary>Creates a trainer. Later changes of the options make no difference to it.</summary>
    /// <param name="options">How; the defaults unless given.</param>
    /// <param name="timeProvider">Measures how long it takes; the system's unless given.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names every one that is.</exception>
    public RatingKnnTrainer(RatingKnnOptions? options = null, TimeProvider? timeProvider = null)
    {
        _options = (options ?? new RatingKnnOptions()).Copy();
        _options.Validate();
        _timeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Trains a model. Any number of threads may train at once.</summary>
    /// <param name="dataset">The ratings: every value is one.</param>
    /// <param name="progress">Told after every tenth of the compared rows.</param>
    /// <param name="cancellationToken">Stops the training between two batches of rows.</param>
    /// <exception cref="TrainingException">There is no rating.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public RatingKnnModel Train(InteractionDataset dataset, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        RatingScale scale = RatingData.ScaleOf(dataset);
        int threads = Threads.Resolve(_options.Threads);
        RatingKnnRules rules = _options.ToRules();
        RatingBiases? baselines = rules.UsesBaselines ? BiasSweeps.Fit(dataset, scale.Mean, _options.Baseline, threads, cancellationToken) : null;
        CsrMatrix byUser = rules.ComparesResiduals ? RatingResiduals.Of(dataset.ByUser, baselines!) : dataset.ByUser;
        CsrMatrix byItem = rules.ComparesResiduals ? byUser.Transpose() : dataset.ByItem;
        (CsrMatrix byRow, CsrMatrix byColumn) = rules.ItemBased ? (byItem, byUser) : (byUser, byItem);
        CsrMatrix similarities = RowLists.Build(
            byRow.Rows,
            threads,
            () =>
            {
                SimilarityLists lists = new(byColumn, rules);
                return row => lists.Of(byRow.ColumnsOf(row), byRow.ValuesOf(row), row);
            },
            _timeProvider,
            progress,
            cancellationToken);
        return new RatingKnnModel(
            dataset.Users, dataset.Items, scale, rules, baselines, similarities, TrainingHistory.Of(dataset), TrainedManifest.Create("rating-knn", dataset, _options.ToText()));
    }
}
