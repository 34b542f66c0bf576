using PromoRec.Datasets;
using PromoRec.Models.Knn;
using PromoRec.Numerics;

namespace PromoRec.Training.Knn;

/// <summary>Finds the neighbours of every item: items are alike that the same customers have.</summary>
/// <remarks>
/// <para>An item is scored by those of its neighbours that the customer has: score(u, i) = Σ over j in N(i) of vᵤⱼ · s(i, j).</para>
/// <para>The same data and options give the same model, bit by bit, for any number of threads. Cost: O(Σ over customers of n²) for n items of a customer; memory: the neighbours, and a
/// row of items for each thread.</para>
/// <para>Sources: Sarwar, Karypis, Konstan and Riedl, WWW 2001; Deshpande and Karypis, ACM TOIS 22(1), 2004.</para>
/// </remarks>
public sealed class ItemKnnTrainer
{
    private readonly KnnOptions _options;
    private readonly TimeProvider _timeProvider;

    /// <summary>Creates a trainer. Later changes of the options make no difference to it.</summary>
    /// <param name="options">How; the defaults unless given.</param>
    /// <param name="timeProvider">Measures how long it takes; the system's unless given.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names every one that is.</exception>
    public ItemKnnTrainer(KnnOptions? options = null, TimeProvider? timeProvider = null)
    {
        _timeProvider = timeProvider ?? TimeProvider.System;
        _options = (options ?? new KnnOptions()).Copy();
        _options.Validate();
    }

    /// <summary>Trains a model. Any number of threads may train at once.</summary>
    /// <param name="dataset">The interactions.</param>
    /// <param name="progress">Told after every tenth of the items.</param>
    /// <param name="cancellationToken">Stops the training between two batches of items.</param>
    /// <exception cref="TrainingException">The values are too large for single precision.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public ItemItemModel Train(InteractionDataset dataset, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        NeighbourSearch search = new(dataset.ByItem, _options.ToRules(), _options.Neighbours);
        CsrMatrix neighbours = NeighbourLists.Find(dataset, dataset.ItemCount, search, _options, _timeProvider, progress, cancellationToken);

        // Lists tell who an item's neighbours are; a customer's items have to find whose neighbours they are.
        ItemItemModel model = new(
            dataset.Users, dataset.Items, neighbours.Transpose(), _options.BinaryProfile, TrainingHistory.Of(dataset), KnnManifest.Create("item-knn", dataset, _options));
        return Overflow.Checked(model, dataset);
    }
}
