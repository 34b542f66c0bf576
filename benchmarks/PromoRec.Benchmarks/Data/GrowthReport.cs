using System.Globalization;
using System.Text.Json;
using PromoRec.Benchmarks.Work;
using PromoRec.Datasets;
using PromoRec.Training;
using PromoRec.Training.ImplicitAls;
using PromoRec.Training.Knn;

namespace PromoRec.Benchmarks.Data;

/// <summary>How seconds and bytes grow with the number of interactions, where the catalog stays and customers come in.</summary>
internal static class GrowthReport
{
    public const string Argument = "growth";

    private const int PairsPerCustomer = 145;
    private const int Items = 27_000;
    private const int Iterations = 3;

    private static readonly int[] Sizes = [1_000_000, 5_000_000, 20_000_000, 100_000_000];

    /// <param name="arguments">"--full" measures 100 million interactions too, which takes some 8 GB and minutes; "--small" measures the first two sizes.</param>
    /// <param name="output">Takes the table.</param>
    public static void Run(ReadOnlySpan<string> arguments, TextWriter output)
    {
        int[] sizes = arguments.Contains("--full") ? Sizes : arguments.Contains("--small") ? Sizes[..2] : Sizes[..3];

        // The first round teaches the compiler.
        Measure(200_000);
        output.WriteLine($"Processor: {Processor.Name}. {Items:N0} items, {PairsPerCustomer} interactions a customer, 64 factors, all threads.");
        output.WriteLine();
        output.WriteLine("| interactions | customers | s of adding | s of building | s of an ALS iteration | s of item neighbours | matrix MB | peak MB of the dataset | of ALS | of neighbours |");
        output.WriteLine("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        List<GrowthMeasurement> measurements = [];
        foreach (int size in sizes)
        {
            GrowthMeasurement one = Measure(size);
            measurements.Add(one);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {one.Interactions:N0} | {one.Customers:N0} | {one.AddSeconds:F2} | {one.BuildSeconds:F2} | {one.AlsIterationSeconds:F3} | {one.NeighbourSeconds:F2} | {one.MatrixBytes / 1e6:F0} | {one.DatasetPeakBytes / 1e6:F0} | {one.AlsPeakBytes / 1e6:F0} | {one.NeighbourPeakBytes / 1e6:F0} |"));
        }

        LogLogSeries[] seconds =
        [
            Series("dataset: adding and building", measurements, one => one.AddSeconds + one.BuildSeconds),
            Series("implicit ALS, 64 factors: one iteration", measurements, one => one.AlsIterationSeconds),
            Series("item neighbours: the whole fit", measurements, one => one.NeighbourSeconds),
        ];
        LogLogSeries[] bytes =
        [
            Series("dataset: peak while it is built", measurements, one => one.DatasetPeakBytes),
            Series("implicit ALS: peak, dataset included", measurements, one => one.AlsPeakBytes),
            Series("item neighbours: peak, dataset included", measurements, one => one.NeighbourPeakBytes),
            Series("the sparse matrix alone", measurements, one => one.MatrixBytes),
        ];
        foreach (LogLogSeries series in seconds.Concat(bytes))
        {
            output.WriteLine($"{series.Name}: slope {series.Slope:F2}");
        }

        string path = Processor.ResultsPath("growth.json");
        File.WriteAllText(path, JsonSerializer.Serialize(new { processor = Processor.Name, measurements, slopes = seconds.Concat(bytes).Select(series => new { series.Name, series.Slope }) }, Processor.Json));
        string plot = Processor.ResultsPath("growth.svg");
        File.WriteAllText(plot, LogLogPlot.Draw(
            $"How cost grows with interactions ({Processor.Name})",
            "interactions",
            [new LogLogPanel("seconds", seconds), new LogLogPanel("bytes resident", bytes)]));
        output.WriteLine($"Written to {path} and {plot}");
    }

    private static LogLogSeries Series(string name, IEnumerable<GrowthMeasurement> measurements, Func<GrowthMeasurement, double> value) =>
        new(name, [.. measurements.Select(one => ((double)one.Interactions, value(one)))]);

    private static GrowthMeasurement Measure(int interactions)
    {
        int customers = interactions / PairsPerCustomer;
        TasteData data = TasteData.Create(customers, Items, interactions);
        ProcessMemory.ForgetPeak();
        long before = ProcessMemory.Resident;
        InteractionDataset? dataset = null;
        (double add, double build) = Build(data, out dataset);
        long pairs = dataset.Count;
        long datasetPeak = ProcessMemory.Peak - before;
        data = null!;

        (double iteration, long alsPeak) = Peak(() =>
        {
            var seconds = new IterationSeconds();
            new ImplicitAlsTrainer(new ImplicitAlsOptions { Factors = 64, Iterations = Iterations }).Train(dataset, progress: seconds);
            return seconds.Minimum;
        });
        (double neighbours, long neighbourPeak) = Peak(() => Times.One(() => new ItemKnnTrainer(new KnnOptions { Neighbours = 50 }).Train(dataset)));
        return new GrowthMeasurement((int)pairs, dataset.UserCount, add, build, iteration, neighbours, (8 * pairs) + (8L * (dataset.UserCount + 1)), datasetPeak, alsPeak, neighbourPeak);
    }

    private static (double Add, double Build) Build(TasteData data, out InteractionDataset dataset)
    {
        var builder = new DatasetBuilder();
        double add = Times.One(() => builder.AddRange(data.Purchases()));
        InteractionDataset? built = null;
        double build = Times.One(() => built = builder.Build());
        dataset = built!;
        return (add, build);
    }

    /// <summary>What work gives, and the most memory during it, without what the process needs when there is no data.</summary>
    private static (double Result, long Bytes) Peak(Func<double> work)
    {
        ProcessMemory.ForgetPeak();
        double result = work();
        return (result, ProcessMemory.Peak - Idle);
    }

    private static long Idle { get; } = ProcessMemory.Resident;

    private sealed class IterationSeconds : IProgress<TrainingProgress>
    {
        public double Minimum { get; private set; } = double.PositiveInfinity;

        public void Report(TrainingProgress value) => Minimum = Math.Min(Minimum, value.Elapsed.TotalSeconds);
    }
}
