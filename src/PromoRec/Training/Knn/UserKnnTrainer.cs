using PromoRec.Datasets;
using PromoRec.Models.Knn;
using PromoRec.Numerics;

namespace PromoRec.Training.Knn;

/// <summary>Finds the neighbours of every customer: customers are alike who have the same items.</summary>
/// <remarks>
/// <para>An item is scored by those of a customer's neighbours who have it: score(u, i) = Σ over v in N(u) of s(u, v) · vᵥᵢ.</para>
/// <para>The same data and options give the same model, bit by bit, for any number of threads. Cost: O(Σ over items of n²) for n customers of an item; memory: the neighbours, and a
/// row of customers for each thread.</para>
/// <para>Source: Herlocker, Konstan, Borchers and Riedl, SIGIR 1999.</para>
/// </remarks>
public sealed class UserKnnTrainer
{
    private readonly KnnOptions _options;
    private readonly TimeProvider _timeProvider;

    /// <summary>Creates a trainer. Later changes of the options make no difference to it.</summary>
    /// <param name="options">How; the defaults unless given.</param>
    /// <param name="timeProvider">Measures how long it takes; the system's unless given.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names every one that is.</exception>
    public UserKnnTrainer(KnnOptions? options = null, TimeProvider? timeProvider = null)
    {
        _timeProvider = timeProvider ?? TimeProvider.System;
        _options = (options ?? new KnnOptions()).Copy();
        _options.Validate();
    }

    /// <summary>Trains a model. Any number of threads may train at once.</summary>
    /// <param name="dataset">The interactions.</param>
    /// <param name="progress">Told after every tenth of the customers.</param>
    /// <param name="cancellationToken">Stops the training between two batches of customers.</param>
    /// <exception cref="TrainingException">The values are too large for single precision.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public UserKnnModel Train(InteractionDataset dataset, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        NeighbourSearch search = new(dataset.ByUser, _options.ToRules(), _options.Neighbours);
        CsrMatrix neighbours = NeighbourLists.Find(dataset, dataset.UserCount, search, _options, _timeProvider, progress, cancellationToken);
        UserKnnModel model = new(
            dataset.Users, dataset.Items, neighbours, _options.BinaryProfile, _options.ToRules(), _options.Neighbours, TrainingHistory.Of(dataset), KnnManifest.Create("user-knn", dataset, _options));
        return Overflow.Checked(model, dataset);
    }
}
