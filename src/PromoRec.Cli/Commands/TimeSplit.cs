using PromoRec.Cli.Output;
using PromoRec.Cli.Reading;
using PromoRec.Datasets;
using PromoRec.Interactions;

namespace PromoRec.Cli.Commands;

/// <summary>Divides a file of interactions into those to learn from and those to be tested on.</summary>
internal static class TimeSplit
{
    /// <param name="path">The file.</param>
    /// <param name="reading">How it is read.</param>
    /// <param name="dataset">Says which kinds have a weight.</param>
    /// <param name="share">Share of the interactions to be tested on.</param>
    /// <param name="divide">What divides them.</param>
    /// <param name="badRows">Counts bad rows.</param>
    /// <param name="progress">Told what came of it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InputException">The file cannot be read, has no times, or one part is empty.</exception>
    public static InteractionSplit Read(
        string path, InteractionReadOptions reading, DatasetOptions dataset, double share, Func<List<Interaction>, double, InteractionSplit> divide, BadRows badRows, ProgressLine progress, CancellationToken cancellationToken)
    {
        TrainingRun.RequireWeight(reading, dataset);
        using InteractionReader reader = InteractionReader.Open(path, reading with { Weights = dataset.Weights }, badRows);
        List<Interaction> interactions = [.. InteractionOptions.Stream(reader, progress, cancellationToken)];
        InteractionSplit split;
        try
        {
            split = divide(interactions, share);
        }
        catch (PromoRecException fault)
        {
            string remedy = fault.Message.Replace("Give the events times, or split at random.", "Give the rows times in the column 'at', or hold some of them out with --split random.", StringComparison.Ordinal);
            throw InputException.File(path, remedy, inner: fault);
        }

        string since = split.Cut is { } cut ? $" since {TimeOf(cut)}" : ", drawn at random,";
        progress.Say($"read {Quantity.Count(reader.Count, "row", "rows")}: {split.Train.Count:N0} to learn from, {split.Test.Count:N0}{since} to test on");
        return split.Train.Count > 0 && split.Test.Count > 0 ? split
            : throw InputException.File(
                path,
                split.Cut is null ? "there are too few rows to hold some of them out." : "all of it happened at one time, so there is nothing before it to learn from. Hold some of it out with --split random.");
    }

    /// <summary>A time in reports for people.</summary>
    public static string TimeOf(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
