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
public sealed class RepeatTrainer(RepeatOptions? options = null)
{
    private readonly bool _binary = options?.Binary ?? false;

    /// <summary>Trains a model. The weights and the decay of events are those of the dataset.</summary>
    /// <param name="dataset">The interactions.</param>
    public ItemItemModel Train(InteractionDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        int items = dataset.ItemCount;
        var ones = new float[items];
        Array.Fill(ones, 1);
        long[] offsets = [.. Enumerable.Range(0, items + 1).Select(row => (long)row)];
        CsrMatrix identity = new(items, offsets, Enumerable.Range(0, items).ToArray(), ones);

        // Every score is a value of the dataset: finite, however large, so that nothing needs to be checked.
        SortedDictionary<string, string> chosen = new(StringComparer.Ordinal) { ["binary"] = TrainedManifest.Text(_binary) };
        return new ItemItemModel(dataset.Users, dataset.Items, identity, _binary, TrainingHistory.Of(dataset), TrainedManifest.Create("repeat", dataset, chosen));
    }
}
