using PromoRec.Datasets;
using PromoRec.Models.Knn;
using PromoRec.Numerics;

namespace PromoRec.Training.Ease;

/// <summary>Learns the linear weights between items that reproduce what customers have, in closed form.</summary>
/// <remarks>
/// <para>Minimises |X − XB|² + λ|B|² over all B with a diagonal of zeros: Bᵢⱼ = −Pᵢⱼ / Pⱼⱼ with P = (XᵀX + λI)⁻¹.</para>
/// <para>The same data and options give the same model, bit by bit, for any number of threads and any vector width. Cost: n³ multiplications and additions for n items, and 4 n² bytes: 6·10¹³ and 6.5 GB for 40,000 items.</para>
/// <para>Source: Steck, "Embarrassingly shallow autoencoders for sparse data", WWW 2019.</para>
/// </remarks>
public sealed class EaseTrainer
{
    private readonly EaseOptions _options;
    private readonly TimeProvider _timeProvider;

    /// <summary>Creates a trainer. Later changes of the options make no difference to it.</summary>
    /// <param name="options">How; the defaults unless given.</param>
    /// <param name="timeProvider">Measures how long it takes; the system's unless given.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names every one that is.</exception>
    public EaseTrainer(EaseOptions? options = null, TimeProvider? timeProvider = null)
    {
        _timeProvider = timeProvider ?? TimeProvider.System;
        _options = (options ?? new EaseOptions()).Copy();
        _options.Validate();
    }

    /// <summary>Trains a model. Any number of threads may train at once.</summary>
    /// <param name="dataset">The interactions.</param>
    /// <param name="progress">Told after every tenth of the items.</param>
    /// <param name="cancellationToken">Stops the training within a second or two.</param>
    /// <exception cref="TrainingException">There are more items than fit into a matrix, or the values are too large for single precision.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public ItemItemModel Train(InteractionDataset dataset, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        int items = dataset.ItemCount;
        if (!FactorMatrix.Fits(items, Math.Max(1, items)))
        {
            throw new TrainingException($"EASE compares every item with every other, and {items:N0} items are too many for that: 46,000 are the most. Leave out rare items, or use neighbours.");
        }

        CsrMatrix profile = KnnProfile.Of(dataset.ByUser, _options.Binary);
        double products = Magnitude.LargestSquare(dataset.ByItem);
        if (!_options.Binary && !(products <= float.MaxValue))
        {
            throw Overflow.Of("Products of the items", products, dataset);
        }

        CsrMatrix weights = items == 0 ? new CsrMatrix(0, new long[1], default, default) : Weights(profile, progress, cancellationToken);
        SortedDictionary<string, string> options = new(StringComparer.Ordinal)
        {
            ["regularization"] = TrainedManifest.Text(_options.Regularization),
            ["max-weights"] = TrainedManifest.Text(_options.MaxWeights),
            ["binary"] = TrainedManifest.Text(_options.Binary),
        };
        ItemItemModel model = new(dataset.Users, dataset.Items, weights, _options.Binary, TrainingHistory.Of(dataset), TrainedManifest.Create("ease", dataset, options));
        return Overflow.Checked(model, dataset);
    }

    private CsrMatrix Weights(CsrMatrix profile, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        int items = profile.Columns;
        int threads = Threads.Resolve(_options.Threads);
        FactorMatrix gram = FactorMatrix.Create(items, items);
        FillGram(gram, profile, threads, cancellationToken);
        StepProgress told = new(items, _timeProvider, progress);
        bool isInverted = SymmetricInverse.TryInvert(gram, threads, told.Add, cancellationToken);
        return isInverted ? Largest(gram, threads, cancellationToken)
            : throw new TrainingException("The products of the items are not positive definite in single precision. Use a larger EaseOptions.Regularization, or smaller values.");
    }

    /// <summary>The lower triangle of XᵀX + λI.</summary>
    private void FillGram(FactorMatrix gram, CsrMatrix profile, int threads, CancellationToken cancellationToken)
    {
        CsrMatrix byItem = profile.Transpose();
        Workers.Run(
            gram.Rows,
            threads,
            () =>
            {
                SparseProduct product = new(profile);
                return row =>
                {
                    Span<float> target = gram.Row(row);
                    foreach (int other in product.Multiply(byItem.ColumnsOf(row), byItem.ValuesOf(row)))
                    {
                        target[other] = product.SumOf(other);
                    }

                    target[row] += (float)_options.Regularization;
                };
            },
            cancellationToken);
    }

    /// <summary>From −P the largest weights Bᵢⱼ = −Pᵢⱼ / Pⱼⱼ towards each item, by the item that they come from.</summary>
    private CsrMatrix Largest(FactorMatrix inverse, int threads, CancellationToken cancellationToken)
    {
        int items = inverse.Rows;
        var towards = new ScoredRow[items][];
        Workers.Run(
            items,
            threads,
            () =>
            {
                var buffer = new ScoredRow[Math.Min(_options.MaxWeights, items)];
                return item => towards[item] = Largest(inverse.Row(item)[..items], item, buffer);
            },
            cancellationToken);
        return RowLists.Join(towards).Transpose();
    }

    private static ScoredRow[] Largest(ReadOnlySpan<float> row, int item, ScoredRow[] buffer)
    {
        float diagonal = -row[item];
        var top = new TopK(buffer);
        for (int other = 0; other < row.Length; other++)
        {
            if (other != item && row[other] != 0)
            {
                top.Add(other, MathF.Abs(row[other]));
            }
        }

        ScoredRow[] largest = buffer[..top.Finish()];
        Array.Sort(largest, (left, right) => left.Row.CompareTo(right.Row));
        for (int i = 0; i < largest.Length; i++)
        {
            largest[i] = largest[i] with { Score = row[largest[i].Row] / diagonal };
        }

        return largest;
    }
}
