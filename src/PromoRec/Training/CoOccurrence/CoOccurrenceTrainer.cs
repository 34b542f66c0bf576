using PromoRec.Datasets;
using PromoRec.Models.CoOccurrence;
using PromoRec.Models.Knn;
using PromoRec.Numerics;

namespace PromoRec.Training.CoOccurrence;

/// <summary>Finds what is taken together: in one basket, one session, one sitting.</summary>
/// <remarks>
/// <para>
/// A basket is what one customer did without a longer pause. What an item adds to the score of another is the measure of the rule from the one to the other. Sources: Agrawal, Imieliński and Swami, SIGMOD
/// 1993; for co-visitation Davidson et al., "The YouTube video recommendation system", RecSys 2010.
/// </para>
/// <para>The same data and options give the same model, bit by bit, for any number of threads. Cost: O(Σ over baskets of n²) for n items of a basket; memory: the baskets, and a row of items for each thread.</para>
/// </remarks>
public sealed class CoOccurrenceTrainer
{
    // Few enough that threads end together, many enough that handing them out costs nothing.
    private const int ItemsAtOnce = 32;

    private readonly CoOccurrenceOptions _options;
    private readonly TimeProvider _timeProvider;

    /// <summary>Creates a trainer. Later changes of the options make no difference to it.</summary>
    /// <param name="options">How; the defaults unless given.</param>
    /// <param name="timeProvider">Measures how long it takes; the system's unless given.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names every one that is.</exception>
    public CoOccurrenceTrainer(CoOccurrenceOptions? options = null, TimeProvider? timeProvider = null)
    {
        _timeProvider = timeProvider ?? TimeProvider.System;
        _options = (options ?? new CoOccurrenceOptions()).Copy();
        _options.Validate();
    }

    /// <summary>Trains a model. Any number of threads may train at once.</summary>
    /// <param name="dataset">The interactions, built with <see cref="DatasetOptions.KeepEvents"/>: what was together is a matter of time, which a dataset's values do not say. Events that weigh 0 or less are passed over.</param>
    /// <param name="progress">Told after every tenth of the items.</param>
    /// <param name="cancellationToken">Stops the training between two batches of items.</param>
    /// <exception cref="ArgumentException">The dataset keeps no events.</exception>
    /// <exception cref="TrainingException">The values are too large for single precision.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public ItemItemModel Train(InteractionDataset dataset, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        (FoundRule[][] rules, Baskets baskets) = Find(dataset, progress, cancellationToken);
        ScoredRow[][] lists = Array.ConvertAll(rules, ofItem => Array.ConvertAll(ofItem, rule => new ScoredRow(rule.Consequent, (float)rule.Measure)));
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal) { ["baskets"] = baskets.Count, ["baskets-too-large"] = baskets.TooLarge };
        ItemItemModel model = new(
            dataset.Users, dataset.Items, RowLists.Join(lists), _options.BinaryProfile, TrainingHistory.Of(dataset), TrainedManifest.Create("co-occurrence", dataset, Manifest(), metrics: metrics), listsWhatFollows: true);
        return Overflow.Checked(model, dataset);
    }

    /// <summary>Finds the rules themselves, to be read or shown: for each item at most <see cref="CoOccurrenceOptions.Neighbours"/>.</summary>
    /// <returns>The rules by the measure, the largest first; then by antecedent and consequent (ordinal).</returns>
    /// <inheritdoc cref="Train"/>
    public IReadOnlyList<AssociationRule> FindRules(InteractionDataset dataset, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        (FoundRule[][] rules, Baskets baskets) = Find(dataset, progress, cancellationToken);
        List<(FoundRule Rule, int Antecedent)> all = [];
        for (int item = 0; item < rules.Length; item++)
        {
            all.AddRange(rules[item].Select(rule => (rule, item)));
        }

        // Rows stand in ordinal order of the ids.
        return
        [
            .. all
                .OrderByDescending(each => each.Rule.Measure).ThenBy(each => each.Antecedent).ThenBy(each => each.Rule.Consequent)
                .Select(each => new AssociationRule(
                    new ItemId(dataset.Items.IdAt(each.Antecedent)),
                    new ItemId(dataset.Items.IdAt(each.Rule.Consequent)),
                    each.Rule.Baskets,
                    each.Rule.Weight / baskets.TotalWeight,
                    Confidence(baskets, each.Antecedent, each.Rule.Weight),
                    Lift(baskets, each.Antecedent, each.Rule.Consequent, each.Rule.Weight))),
        ];
    }

    private (FoundRule[][] Rules, Baskets Baskets) Find(InteractionDataset dataset, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        int items = dataset.ItemCount;
        Baskets baskets = Baskets.Of(TrainingEvents.Of(dataset, nameof(dataset)), items, _options, cancellationToken);
        var rules = new FoundRule[items][];
        int batches = (items + ItemsAtOnce - 1) / ItemsAtOnce;
        StepProgress told = new(Math.Max(1, batches), _timeProvider, progress);
        Workers.Run(
            batches,
            Threads.Resolve(_options.Threads),
            () =>
            {
                var sums = new CoOccurrenceSums(baskets, items, _options.DistanceDecay);
                var buffer = new ScoredRow[Math.Min(_options.Neighbours, items)];
                return batch =>
                {
                    for (int item = batch * ItemsAtOnce; item < Math.Min(items, (batch + 1) * ItemsAtOnce); item++)
                    {
                        rules[item] = RulesOf(item, baskets, sums, buffer);
                    }

                    told.Add(1);
                };
            },
            cancellationToken);
        return (rules, baskets);
    }

    private FoundRule[] RulesOf(int item, Baskets baskets, CoOccurrenceSums sums, ScoredRow[] buffer)
    {
        var top = new TopK(buffer);
        foreach (int other in sums.Add(item))
        {
            double weight = sums.WeightWith(other);
            if (sums.CountWith(other) >= _options.MinSupport
                && weight > 0
                && Confidence(baskets, item, weight) >= _options.MinConfidence
                && Lift(baskets, item, other, weight) >= _options.MinLift)
            {
                top.Add(other, (float)Measure(baskets, item, other, weight));
            }
        }

        ScoredRow[] best = buffer[..top.Finish()];
        Array.Sort(best, (left, right) => left.Row.CompareTo(right.Row));
        return Array.ConvertAll(best, each => new FoundRule(each.Row, sums.CountWith(each.Row), sums.WeightWith(each.Row), Measure(baskets, item, each.Row, sums.WeightWith(each.Row))));
    }

    private double Measure(Baskets baskets, int item, int other, double weight) => _options.Measure switch
    {
        CoOccurrenceMeasure.Lift => Lift(baskets, item, other, weight),
        CoOccurrenceMeasure.Cosine => weight / Math.Sqrt(baskets.ItemWeights[item] * baskets.ItemWeights[other]),
        CoOccurrenceMeasure.Jaccard => weight / (baskets.ItemWeights[item] + baskets.ItemWeights[other] - weight),
        CoOccurrenceMeasure.Count => weight,
        _ => Confidence(baskets, item, weight),
    };

    private static double Confidence(Baskets baskets, int item, double weight) => weight / baskets.ItemWeights[item];

    private static double Lift(Baskets baskets, int item, int other, double weight) => weight * baskets.TotalWeight / (baskets.ItemWeights[item] * baskets.ItemWeights[other]);

    private SortedDictionary<string, string> Manifest() => new(StringComparer.Ordinal)
    {
        ["session-gap-minutes"] = TrainedManifest.Text(_options.SessionGap.TotalMinutes),
        ["min-support"] = TrainedManifest.Text(_options.MinSupport),
        ["min-confidence"] = TrainedManifest.Text(_options.MinConfidence),
        ["min-lift"] = TrainedManifest.Text(_options.MinLift),
        ["measure"] = _options.Measure.ToString().ToLowerInvariant(),
        ["neighbours"] = TrainedManifest.Text(_options.Neighbours),
        ["distance-decay"] = TrainedManifest.Text(_options.DistanceDecay),
        ["half-life-days"] = _options.HalfLife is { } halfLife ? TrainedManifest.Text(halfLife.TotalDays) : "none",
        ["max-basket-items"] = TrainedManifest.Text(_options.MaxBasketItems),
        ["binary-profile"] = TrainedManifest.Text(_options.BinaryProfile),
    };

    private readonly record struct FoundRule(int Consequent, int Baskets, double Weight, double Measure);
}
