using PromoRec.Datasets;
using PromoRec.Models.Interest;
using PromoRec.Numerics;

namespace PromoRec.Training.Interest;

/// <summary>Finds out how much of each category and brand is taken of each of its items.</summary>
/// <remarks>The same data, items and options give the same model, bit by bit. Cost: O(interactions + groups of items).</remarks>
public sealed class InterestTrainer
{
    private readonly InterestOptions _options;
    private readonly TimeProvider _timeProvider;

    /// <summary>Creates a trainer. Later changes of the options make no difference to it.</summary>
    /// <param name="options">How; the defaults unless given.</param>
    /// <param name="timeProvider">Measures how long it takes; the system's unless given.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public InterestTrainer(InterestOptions? options = null, TimeProvider? timeProvider = null)
    {
        _timeProvider = timeProvider ?? TimeProvider.System;
        _options = (options ?? new InterestOptions()).Copy();
        _options.Validate();
    }

    /// <summary>Trains a model. Any number of threads may train at once.</summary>
    /// <param name="dataset">The interactions.</param>
    /// <param name="items">What the shop says about its items. Those that the dataset does not know are passed over; those of the dataset that are not there belong to no group.</param>
    /// <param name="progress">Told after every tenth of the items.</param>
    /// <param name="cancellationToken">Stops the training between two items.</param>
    /// <exception cref="ArgumentException">An item is there twice.</exception>
    /// <exception cref="TrainingException">The values are too large for single precision.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public InterestModel Train(InteractionDataset dataset, IReadOnlyList<Item> items, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(items);
        cancellationToken.ThrowIfCancellationRequested();
        var namesOf = new string[dataset.ItemCount][];
        Array.Fill(namesOf, []);
        HashSet<ItemId> seen = [];
        StepProgress told = new(Math.Max(1, items.Count), _timeProvider, progress);
        foreach (Item item in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!seen.Add(item.Id))
            {
                throw new ArgumentException($"The item {item.Id} is there twice. Give each item once.", nameof(items));
            }

            if (dataset.Items.TryGetRow(item.Id.Value, out int row))
            {
                namesOf[row] = [.. NamesOf(item).Distinct(StringComparer.Ordinal)];
            }

            told.Add(1);
        }

        string[] names = [.. namesOf.SelectMany(own => own).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        CsrMatrix groupsOfItem = Membership(namesOf, names);
        SortedDictionary<string, string> options = new(StringComparer.Ordinal)
        {
            ["groups"] = _options.Groups.ToString(),
            ["catalog"] = ItemsFingerprint.Of(namesOf),
        };
        InterestModel model = new(
            dataset.Users,
            dataset.Items,
            IdIndex.FromSorted([.. names.Select(name => new ItemId(name).Value)]),
            groupsOfItem,
            Shares(groupsOfItem, dataset.ByItem),
            TrainingHistory.Of(dataset),
            TrainedManifest.Create("interest", dataset, options));
        return Overflow.Checked(model, dataset);
    }

    /// <summary>The text forms of the offer targets that an item falls under.</summary>
    private IEnumerable<string> NamesOf(Item item)
    {
        foreach (string category in item.Categories)
        {
            if (_options.Groups.HasFlag(InterestGroups.Categories))
            {
                yield return $"category:{category}";
            }

            if (_options.Groups.HasFlag(InterestGroups.CategoriesOfBrands) && item.Brand is not null)
            {
                yield return $"category:{category} brand:{item.Brand}";
            }
        }

        if (_options.Groups.HasFlag(InterestGroups.Brands) && item.Brand is not null)
        {
            yield return $"brand:{item.Brand}";
        }
    }

    private static CsrMatrix Membership(string[][] namesOf, string[] names)
    {
        var offsets = new long[namesOf.Length + 1];
        var columns = new List<int>();
        for (int item = 0; item < namesOf.Length; item++)
        {
            columns.AddRange(namesOf[item].Select(name => Array.BinarySearch(names, name, StringComparer.Ordinal)).Order());
            offsets[item + 1] = columns.Count;
        }

        var ones = new float[columns.Count];
        Array.Fill(ones, 1);
        return new CsrMatrix(names.Length, offsets, columns.ToArray(), ones);
    }

    /// <summary>Each item's part of all values above zero in a group; an item that nobody took has none.</summary>
    private static CsrMatrix Shares(CsrMatrix groupsOfItem, CsrMatrix byItem)
    {
        var taken = new double[byItem.Rows];
        for (int item = 0; item < taken.Length; item++)
        {
            foreach (float value in byItem.ValuesOf(item))
            {
                taken[item] += Math.Max(0, value);
            }
        }

        CsrMatrix itemsOfGroup = groupsOfItem.Transpose();
        var shares = new float[itemsOfGroup.Count];
        for (int group = 0; group < itemsOfGroup.Rows; group++)
        {
            double total = 0;
            foreach (int item in itemsOfGroup.ColumnsOf(group))
            {
                total += taken[item];
            }

            int first = (int)itemsOfGroup.Offsets[group];
            for (int i = 0; i < itemsOfGroup.RowLength(group); i++)
            {
                shares[first + i] = total > 0 ? (float)(taken[itemsOfGroup.ColumnsOf(group)[i]] / total) : 0;
            }
        }

        return new CsrMatrix(itemsOfGroup.Columns, itemsOfGroup.Offsets.ToArray(), itemsOfGroup.AllColumns.ToArray(), shares);
    }
}
