using PromoRec.Datasets;
using PromoRec.Models;
using PromoRec.Models.Popularity;
using PromoRec.Numerics;

namespace PromoRec.Training.Popularity;

/// <summary>Counts what is wanted: of late, more than usual, in segments of customers and categories of items, with little evidence drawn towards the whole.</summary>
/// <remarks>
/// <para>
/// Shares are posterior means under Dirichlet priors, p(i | s) = (n(i, s) + m p(i)) / (N(s) + m), where the share among all customers has the item's category as its own prior; trends
/// are posterior means of the ratio of two Poisson rates under gamma priors, as in DuMouchel, The American Statistician 53(3), 1999. See docs/math/popularity.md.
/// </para>
/// <para>The same data and options give the same model, bit by bit. Cost: O(events + segments · items); memory: up to 20 bytes a segment and item.</para>
/// </remarks>
public sealed class PopularityTrainer
{
    private const int Steps = 3;

    private readonly PopularityOptions _options;
    private readonly TimeProvider _timeProvider;

    /// <summary>Creates a trainer. Later changes of the options make no difference to it.</summary>
    /// <param name="options">How; the defaults unless given.</param>
    /// <param name="timeProvider">Measures how long it takes; the system's unless given.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names every one that is.</exception>
    public PopularityTrainer(PopularityOptions? options = null, TimeProvider? timeProvider = null)
    {
        _timeProvider = timeProvider ?? TimeProvider.System;
        _options = (options ?? new PopularityOptions()).Copy();
        _options.Validate();
    }

    /// <summary>Trains a model. Any number of threads may train at once.</summary>
    /// <param name="dataset">The interactions, built with <see cref="DatasetOptions.KeepEvents"/>: a model has to know when, and a dataset's values do not say it.</param>
    /// <param name="items">What the shop says about its items, for their categories; those that the dataset does not name are passed over. None unless given.</param>
    /// <param name="customers">Says who is in which of <see cref="PopularityOptions.Segments"/>; nobody is in any unless given.</param>
    /// <param name="progress">Told three times.</param>
    /// <param name="cancellationToken">Stops the training between two customers.</param>
    /// <exception cref="ArgumentException">The dataset keeps no events, an item is null, or a category cannot be a name.</exception>
    /// <exception cref="TrainingException">There are too many segments for so many items, or the values are too large for single precision.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public PopularityModel Train(
        InteractionDataset dataset, IReadOnlyList<Item>? items = null, ICustomerDirectory? customers = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        EventHistory events = TrainingEvents.Of(dataset, nameof(dataset));
        IdIndex segments = NameIndex.Of(_options.Segments);
        if ((1L + segments.Count) * dataset.ItemCount > Array.MaxLength)
        {
            throw new TrainingException($"{segments.Count:N0} segments with {dataset.ItemCount:N0} items each are more scores than an array holds. Use fewer segments.");
        }

        StepProgress told = new(Steps, _timeProvider, progress);
        CsrMatrix userSegments = SegmentsOf(dataset, segments, customers, cancellationToken);
        (IdIndex categories, CsrMatrix itemCategories) = ItemCategoryMatrix.Of(dataset.Items, items ?? []);
        told.Add(1);
        var counts = new PopularityCounts(dataset, events, _options.Counting, userSegments, cancellationToken);
        var parents = new CategoryParents(itemCategories);
        double[] scores = _options.Measure == PopularityMeasure.Share ? Shares(counts, parents) : Trends(counts, parents, events);
        told.Add(1);
        var tables = new PopularityTables(segments, userSegments, categories, itemCategories, Supported(dataset, scores));
        var model = new PopularityModel(dataset.Users, dataset.Items, tables, TrainingHistory.Of(dataset), TrainedManifest.Create("popularity", dataset, Manifest(tables)));
        told.Add(1);
        return Overflow.Checked(model, dataset);
    }

    /// <summary>p(i) = (n + k I q) / (N + k I), and p(i | s) = (n + m p(i)) / (N + m).</summary>
    private double[] Shares(PopularityCounts counts, CategoryParents parents)
    {
        double[] shares = counts.Count(_options.HalfLife, onlyTimed: false);
        int items = parents.Items;
        Span<double> whole = shares.AsSpan(0, items);
        double total = Sum(whole);
        double strength = _options.ItemPriorStrength * items;
        double[] priors = parents.Shares(whole, strength);
        for (int item = 0; item < items; item++)
        {
            whole[item] = (whole[item] + (strength * priors[item])) / (total + strength);
        }

        for (int at = items; at < shares.Length; at += items)
        {
            Span<double> part = shares.AsSpan(at, items);
            double own = Sum(part);
            double sum = own + _options.SegmentPriorStrength;
            for (int item = 0; item < items; item++)
            {
                // A segment of which nothing is known, and with no prior, is like the whole.
                part[item] = sum > 0 ? (part[item] + (_options.SegmentPriorStrength * shares[item])) / sum : shares[item];
            }
        }

        return shares;
    }

    /// <summary>(S + k ρ) / (E + k): S is what was counted of late, E what the usual rate lets expect of it, and ρ the trend of the whole that the part is of.</summary>
    private double[] Trends(PopularityCounts counts, CategoryParents parents, EventHistory events)
    {
        double[] recent = counts.Count(_options.RecentHalfLife, onlyTimed: true);
        double[] expected = counts.Count(_options.UsualHalfLife, onlyTimed: true);
        double perUsual = WindowRatio(events.FirstTicks == 0 ? 0 : events.AsOfTicks - events.FirstTicks);
        foreach (ref double one in expected.AsSpan())
        {
            one *= perUsual;
        }

        int items = parents.Items;
        double[] ofCategories = parents.Trends(recent.AsSpan(0, items), expected.AsSpan(0, items), _options.TrendPriorStrength);
        for (int at = 0; at < recent.Length; at++)
        {
            double parent = at < items ? ofCategories[at] : recent[at % items];
            recent[at] = (recent[at] + (_options.TrendPriorStrength * parent)) / (expected[at] + _options.TrendPriorStrength);
        }

        return recent;
    }

    /// <summary>What a constant rate over the time of the data leaves of itself in the recent window, over what it leaves in the usual one: ∫ 2^(-a/h) da from 0 to T is h (1 - 2^(-T/h)) / ln 2.</summary>
    private double WindowRatio(long span)
    {
        double recent = _options.RecentHalfLife.Ticks * (1 - EventHistory.DecayAt(span, _options.RecentHalfLife.Ticks));
        double usual = _options.UsualHalfLife.Ticks * (1 - EventHistory.DecayAt(span, _options.UsualHalfLife.Ticks));

        // Of data of a single moment nothing has decayed in either window.
        return recent > 0 && usual > 0 ? recent / usual : 1;
    }

    private float[] Supported(InteractionDataset dataset, double[] scores)
    {
        float[] support = ItemPopularity.Of(dataset.ByUser);
        var supported = new float[scores.Length];
        for (int at = 0; at < scores.Length; at++)
        {
            supported[at] = support[at % support.Length] >= _options.MinSupport ? (float)scores[at] : 0;
        }

        return supported;
    }

    private static CsrMatrix SegmentsOf(InteractionDataset dataset, IdIndex segments, ICustomerDirectory? customers, CancellationToken cancellationToken)
    {
        var offsets = new long[dataset.UserCount + 1];
        List<int> columns = [];
        for (int user = 0; user < dataset.UserCount; user++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            UserId id = new(dataset.Users.IdAt(user));
            for (int segment = 0; customers is not null && segment < segments.Count; segment++)
            {
                if (customers.IsInSegment(id, segments.IdAt(segment).ToString()))
                {
                    columns.Add(segment);
                }
            }

            offsets[user + 1] = columns.Count;
        }

        var ones = new float[columns.Count];
        Array.Fill(ones, 1);
        return new CsrMatrix(segments.Count, offsets, columns.ToArray(), ones);
    }

    private SortedDictionary<string, string> Manifest(PopularityTables tables)
    {
        SortedDictionary<string, string> options = new(StringComparer.Ordinal)
        {
            ["measure"] = _options.Measure == PopularityMeasure.Share ? "share" : "trend",
            ["counting"] = _options.Counting == PopularityCounting.Customers ? "customers" : "events",
            ["min-support"] = TrainedManifest.Text(_options.MinSupport),
            ["segments"] = TrainedManifest.Digest(tables.Segments, tables.UserSegments),
            ["categories"] = TrainedManifest.Digest(tables.Categories, tables.ItemCategories),
        };
        if (_options.Measure == PopularityMeasure.Share)
        {
            options["half-life-days"] = _options.HalfLife is { } halfLife ? TrainedManifest.Text(halfLife.TotalDays) : "none";
            options["segment-prior"] = TrainedManifest.Text(_options.SegmentPriorStrength);
            options["item-prior"] = TrainedManifest.Text(_options.ItemPriorStrength);
        }
        else
        {
            options["recent-half-life-days"] = TrainedManifest.Text(_options.RecentHalfLife.TotalDays);
            options["usual-half-life-days"] = TrainedManifest.Text(_options.UsualHalfLife.TotalDays);
            options["trend-prior"] = TrainedManifest.Text(_options.TrendPriorStrength);
        }

        return options;
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum;
    }
}
