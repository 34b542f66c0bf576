using System.Globalization;
using PromoRec.Cli.Output;
using PromoRec.Cli.Reading;
using PromoRec.Datasets;
using PromoRec.Interactions;
using PromoRec.Models;
using PromoRec.Models.Ratings;
using PromoRec.Training;

namespace PromoRec.Cli.Commands;

/// <summary>Reads interactions and trains on them, telling how it goes.</summary>
/// <param name="environment">The clock, and the way to stop.</param>
/// <param name="progress">Told.</param>
/// <param name="isOneOfMany">Whether other models are trained too, so that single iterations are not worth a line each.</param>
internal sealed class TrainingRun(CommandEnvironment environment, ProgressLine progress, bool isOneOfMany = false) : ITrainingListener
{
    /// <summary>What is wrong with a file in which nothing counts.</summary>
    public const string NothingToLearn = "no interaction says anything about taste, so there is nothing to learn from. Every kind in the file has weight 0; give one a weight with --weights KIND=X.";

    /// <summary>What is wrong with a file without ratings.</summary>
    private const string NothingRated =
        "no row is a rating, and models of ratings learn from the kind 'rating' alone. Recommend from purchases with --algorithm als or item-knn. Where the values of another kind are ratings, count it with --weights KIND=1.";

    private readonly List<double> _iterationSeconds = [];
    private double? _loss;
    private string _member = string.Empty;
    private bool _isTrial;
    private HybridReport? _hybrid;

    /// <summary>Whether training data keep the interactions that they were made of, too.</summary>
    public bool KeepsInteractions { get; init; }

    /// <summary>Reads a file and trains on it.</summary>
    public TrainingOutcome FromFile(string path, InteractionReadOptions reading, DatasetOptions dataset, ModelTrainer trainer, BadRows badRows, bool ratings = false) =>
        Train(Read(path, reading, dataset, badRows, ratings), trainer);

    /// <summary>Trains on interactions in memory.</summary>
    public TrainingOutcome FromList(IReadOnlyList<Interaction> interactions, DatasetOptions dataset, ModelTrainer trainer) => Train(Build(interactions, dataset), trainer);

    /// <summary>Parts of a file that was read before; bad rows have been reported then.</summary>
    public TrainingParts PartsOf(string path, InteractionReadOptions reading, DatasetOptions dataset)
    {
        return new TrainingParts(this, dataset, Again);

        IEnumerable<Interaction> Again()
        {
            using InteractionReader reader = InteractionReader.Open(path, reading with { Weights = dataset.Weights }, new BadRows(int.MaxValue, _ => { }));
            foreach (Interaction interaction in InteractionOptions.Stream(reader, progress, environment.Cancellation))
            {
                yield return interaction;
            }
        }
    }

    /// <summary>Parts of interactions in memory.</summary>
    public TrainingParts PartsOf(IReadOnlyList<Interaction> interactions, DatasetOptions dataset) => new(this, dataset, () => interactions);

    /// <summary>Makes a part of training data.</summary>
    public TrainingSet BuildSet(IEnumerable<Interaction> interactions, DatasetOptions dataset)
    {
        List<Interaction>? kept = KeepsInteractions ? [.. interactions] : null;
        var builder = new DatasetBuilder(dataset);
        builder.AddRange(kept ?? interactions);
        return new TrainingSet(builder.Build(environment.Cancellation), dataset, kept);
    }

    /// <summary>Makes training data of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reading">How it is read.</param>
    /// <param name="dataset">What counts.</param>
    /// <param name="badRows">Counts bad rows.</param>
    /// <param name="ratings">Whether ratings are to be predicted.</param>
    /// <exception cref="InputException">Nothing in the file counts.</exception>
    public TrainingData Read(string path, InteractionReadOptions reading, DatasetOptions dataset, BadRows badRows, bool ratings = false)
    {
        RequireWeight(reading, dataset);
        long started = environment.Time.GetTimestamp();
        using InteractionReader reader = InteractionReader.Open(path, reading with { Weights = dataset.Weights }, badRows);
        var builder = new DatasetBuilder(dataset);
        List<Interaction>? kept = null;
        if (KeepsInteractions)
        {
            kept = [.. InteractionOptions.Stream(reader, progress, environment.Cancellation)];
            builder.AddRange(kept);
        }
        else
        {
            reader.ReadInto(builder, () => progress.Show(() => InteractionOptions.Describe(reader)), environment.Cancellation);
        }

        InteractionDataset built = Build(builder, path);
        double seconds = environment.Time.GetElapsedTime(started).TotalSeconds;
        progress.Say($"read {Quantity.Count(reader.Count, "row", "rows")} in {Quantity.Seconds(seconds)}: {Describe(built)}");
        if (built.Count == 0)
        {
            throw InputException.File(path, ratings ? NothingRated : NothingToLearn);
        }

        // Ages are counted from the last event, so one wrong year would make all others old.
        if (built.Quality.Last is { } last && last > environment.Time.GetUtcNow().AddDays(1))
        {
            progress.Warn(string.Create(CultureInfo.InvariantCulture, $"{path}: the last interaction is of {last.UtcDateTime:yyyy-MM-dd}, which is in the future. If that time is wrong, leave it out with --until."));
        }

        return new TrainingData(new TrainingSet(built, dataset, kept), DataReport.Of(built.Quality, reader.Count, reader.OutsideTime, badRows.Skipped), seconds);
    }

    /// <summary>Makes training data of interactions in memory.</summary>
    public TrainingData Build(IReadOnlyList<Interaction> interactions, DatasetOptions dataset)
    {
        long started = environment.Time.GetTimestamp();
        var builder = new DatasetBuilder(dataset);
        builder.AddRange(interactions);
        InteractionDataset built = builder.Build(environment.Cancellation);
        return new TrainingData(new TrainingSet(built, dataset, interactions), DataReport.Of(built.Quality, interactions.Count, 0, 0), environment.Time.GetElapsedTime(started).TotalSeconds);
    }

    /// <summary>Trains on data that may be trained on again.</summary>
    public TrainingOutcome Train(TrainingData data, ModelTrainer trainer)
    {
        if (!isOneOfMany)
        {
            WarnAbout(data.Dataset.Quality, progress);
        }

        long started = environment.Time.GetTimestamp();
        RecommendationModel model = trainer(data.Set, this, environment.Cancellation);
        double seconds = environment.Time.GetElapsedTime(started).TotalSeconds;
        if (!isOneOfMany && model is RatingModel { LowestRating: var lowest, HighestRating: var highest } && lowest == highest)
        {
            progress.Warn($"every rating is {Quantity.Number(lowest)}, so there is nothing to tell apart: every prediction is {Quantity.Number(lowest)}. What was bought, but not rated, is for --algorithm als or item-knn.");
        }

        return new TrainingOutcome(model, data.Dataset.Count, data.Report, data.Seconds, seconds, _iterationSeconds, _loss) { Hybrid = _hybrid };
    }

    /// <summary>Tells what is odd about training data.</summary>
    public static void WarnAbout(DataQualityReport quality, ProgressLine progress)
    {
        if (quality.ConflictingDuplicates > 0)
        {
            progress.Warn($"{Quantity.Count(quality.ConflictingDuplicates, "event id names", "event ids name")} several events with different contents; the latest was kept.");
        }

        if (quality.OutlierUsers > 0)
        {
            progress.Warn($"{Quantity.Count(quality.OutlierUsers, "customer has", "customers have")} so many interactions that they are probably not people.");
        }
    }

    /// <summary>How large training data is.</summary>
    public static string Describe(InteractionDataset dataset) =>
        $"{Quantity.Count(dataset.UserCount, "customer", "customers")}, {Quantity.Count(dataset.ItemCount, "item", "items")}, {Quantity.Count(dataset.Count, "pair", "pairs")}";

    /// <exception cref="UsageException">Rows that name no kind would have no weight.</exception>
    public static void RequireWeight(InteractionReadOptions reading, DatasetOptions dataset)
    {
        if (!dataset.Weights.TryGet(reading.DefaultKind, out _))
        {
            throw new UsageException($"the kind '{reading.DefaultKind}' has no weight. Give it one, such as --weights {reading.DefaultKind}=0.5.");
        }
    }

    public void Begin(string member, bool isTrial = false) => (_member, _isTrial) = ($"{member}: ", isTrial);

    public void Say(string text)
    {
        if (!isOneOfMany)
        {
            progress.Say(text);
        }
    }

    public void Joined(HybridReport hybrid)
    {
        (_member, _isTrial) = (string.Empty, false);
        _hybrid = hybrid;
        if (hybrid.Stacking is { } stacking)
        {
            if (!isOneOfMany && stacking.Warning is { } warning)
            {
                progress.Warn(warning);
            }
        }
        else if (hybrid.Cut is null && !isOneOfMany)
        {
            progress.Warn(hybrid.Customers > 0
                ? "the interactions have no times, so the members were weighed on pairs held out at random, which says less than what customers took later. Give the rows times in the column 'at'."
                : "nothing could be held out, so nothing says what each member is worth: all weigh the same, and every tier serves. Give more interactions, with times in the column 'at'.");
        }
    }

    public void Report(TrainingProgress value)
    {
        if (!_isTrial)
        {
            _iterationSeconds.Add(value.Elapsed.TotalSeconds);
            _loss = value.Loss;
        }

        string loss = value.Loss is { } l ? $", loss {Quantity.Number(l)}" : string.Empty;
        string line = $"{_member}iteration {value.Iteration} of {value.Iterations}: {Quantity.Seconds(value.Elapsed.TotalSeconds)}{loss}";
        if (isOneOfMany || _isTrial)
        {
            progress.Show(() => line);
        }
        else
        {
            progress.Say(line);
        }
    }

    /// <summary>What the rows of a file come to may be more than a dataset can hold.</summary>
    private InteractionDataset Build(DatasetBuilder builder, string path)
    {
        try
        {
            return builder.Build(environment.Cancellation);
        }
        catch (PromoRecException fault)
        {
            throw InputException.File(path, ApiWords.Of(fault.Message), inner: fault);
        }
    }
}
