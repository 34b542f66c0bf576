using PromoRec.Datasets;
using PromoRec.Models.Knn;
using PromoRec.Numerics;

namespace PromoRec.Training.Repeat;

/// <summary>Scores an item by what the customer did with it before: what was bought often, and lately where the data decays, is bought again.</summary>
/// <remarks>
/// score(u, i) = vᵤᵢ: the item-to-item model whose only weight is that of each item to itself. Alone it says nothing about new items; in a hybrid it carries repeat purchases, which in groceries are
/// most of them. The personal frequency of Hu, He, Gao and Zhang, "Modeling personalized item frequency information for next-basket recommendation", SIGIR 2020.
/// </remarks>
/// <param name="options">What it goes by; the defaults unless given. Later changes make no difference to it.</param>
/// <param name="timeProvider">Measures how long it takes; the system's unless given.</param>
public sealed class RepeatTrainer(RepeatOptions? options = null, TimeProvider? timeProvider = null)
{
    private readonly bool _binary = options?.Binary ?? false;
    private readonly TimeProvider _timeProvider = timeProvider ?? TimeProvider.System;

    /// <summary>Trains a model. The weights and the decay of events are those of the dataset. Any number of threads may train at once.</summary>
    /// <param name="dataset">The interactions.</param>
    /// <param name="progress">Told when it is done: nothing is iterated.</param>
    /// <param name="cancellationToken">Stops the training before it begins, and before its end.</param>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public ItemItemModel Train(InteractionDataset dataset, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        cancellationToken.ThrowIfCancellationRequested();
        StepProgress told = new(1, _timeProvider, progress);
        int items = dataset.ItemCount;
        var ones = new float[items];
        Array.Fill(ones, 1);
        long[] offsets = [.. Enumerable.Range(0, items + 1).Select(row => (long)row)];
        CsrMatrix identity = new(items, offsets, Enumerable.Range(0, items).ToArray(), ones);

        // Every score is a value of the dataset: finite, however large, so that nothing needs to be checked.
        SortedDictionary<string, string> chosen = new(StringComparer.Ordinal) { ["binary"] = TrainedManifest.Text(_binary) };
        ItemItemModel model = new(dataset.Users, dataset.Items, identity, _binary, TrainingHistory.Of(dataset), TrainedManifest.Create("repeat", dataset, chosen));
        cancellationToken.ThrowIfCancellationRequested();
        told.Add(1);
        return model;
    }
}
