using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using PromoRec.Benchmarks.Numerics;
using PromoRec.Benchmarks.Work;
using PromoRec.Datasets;
using PromoRec.Interactions;
using PromoRec.Training;
using PromoRec.Training.ImplicitAls;

namespace PromoRec.Benchmarks.Training;

/// <summary>Seconds an ALS iteration takes, beside what the machine allows: the multiply-add peak and the gather bandwidth measured in the same run.</summary>
/// <remarks>
/// BenchmarkDotNet would repeat work of many seconds for statistics nobody needs here; iterations of one training run are the repetitions.
/// </remarks>
internal static class AlsReport
{
    public const string Argument = "als";

    /// <param name="arguments">"--small" leaves the simulated set of 20 million pairs out.</param>
    /// <param name="output">Takes the tables.</param>
    public static void Run(ReadOnlySpan<string> arguments, TextWriter output)
    {
        double[] peak = [Yardsticks.FmaGigaflops(1), Yardsticks.FmaGigaflops(2)];
        double[] stream = [Yardsticks.StreamingReadGigabytes(1), Yardsticks.StreamingReadGigabytes(2)];
        output.WriteLine($"Processor: {Processor.Name}. Fused multiply-add peak: {peak[0]:F0} GFLOP/s on one thread, {peak[1]:F0} on two. Memory is read at {stream[0]:F0} GB/s by one thread, {stream[1]:F0} by two.");
        List<AlsMeasurement> measurements = [];
        if (MovieLens(output) is { } movies)
        {
            Measure("ml-1m (NCF train)", movies, iterations: 5, peak, measurements, output);
        }

        if (!arguments.Contains("--small"))
        {
            Measure("simulated, 138k x 27k x 20M pairs", Simulated(output), iterations: 3, peak, measurements, output);
        }

        string path = Processor.ResultsPath("als.json");
        File.WriteAllText(path, JsonSerializer.Serialize(new { processor = Processor.Name, peakGigaflops = peak, streamingGigabytes = stream, measurements }, Processor.Json));
        output.WriteLine($"Written to {path}");
    }

    private static void Measure(string name, InteractionDataset data, int iterations, double[] peak, List<AlsMeasurement> measurements, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"{name}: {data.UserCount:N0} customers, {data.ItemCount:N0} items, {data.Count:N0} pairs");
        output.WriteLine("| solver | factors | threads | s/iteration (median) | minimum | GFLOP/s | limit: s of compute | s of gathering | share of the limit |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (AlsSolver solver in Enum.GetValues<AlsSolver>())
        {
            foreach (int factors in new[] { 64, 128 })
            {
                foreach (int threads in new[] { 1, 2 })
                {
                    ImplicitAlsOptions options = new() { Factors = factors, Iterations = iterations, Solver = solver, Threads = threads };
                    Seconds seconds = new();
                    new ImplicitAlsTrainer(options).Train(data, progress: seconds);
                    double gigaflop = AlsWork.Operations(data, options) / 1e9;
                    double compute = gigaflop / peak[threads - 1];
                    double gather = AlsWork.GatheredGigabytes(data, factors) * ((0.5 / Yardsticks.GatherGigabytes(data.UserCount, factors, threads)) + (0.5 / Yardsticks.GatherGigabytes(data.ItemCount, factors, threads)));
                    AlsMeasurement one = new(name, solver.ToString(), factors, threads, seconds.Median, seconds.Minimum, gigaflop / seconds.Minimum, compute, gather, Math.Max(compute, gather) / seconds.Minimum);
                    measurements.Add(one);
                    output.WriteLine(string.Create(
                        CultureInfo.InvariantCulture, $"| {one.Solver} | {factors} | {threads} | {one.MedianSeconds:F3} | {one.MinimumSeconds:F3} | {one.Gigaflops:F1} | {compute:F3} | {gather:F3} | {one.ShareOfLimit:P0} ({one.Limit}) |"));
                }
            }
        }
    }

    private static InteractionDataset? MovieLens(TextWriter output)
    {
        string path = Path.Combine(Processor.RepositoryRoot, "..", "shared", "data", "research-only", "ncf-ml-1m", "ml-1m.train.tsv.gz");
        if (!File.Exists(path))
        {
            output.WriteLine("SKIPPED: ml-1m, because ../shared/data/research-only/ncf-ml-1m/ml-1m.train.tsv.gz is absent beside the repository.");
            return null;
        }

        var builder = new DatasetBuilder();
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            string[] cells = line.Split('\t');
            builder.Add(new Interaction(new UserId(cells[0]), new ItemId(cells[1]), InteractionKind.Purchase, default));
        }

        return builder.Build();
    }

    private static InteractionDataset Simulated(TextWriter output)
    {
        var pairs = TasteData.Large();
        long started = Stopwatch.GetTimestamp();
        InteractionDataset dataset = pairs.Build();
        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{dataset.Count:N0} pairs added one by one and built in {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s."));
        return dataset;
    }

    private sealed class Seconds : IProgress<TrainingProgress>
    {
        private readonly List<double> _seconds = [];

        public double Minimum => _seconds.Min();

        public double Median => _seconds.Order().ElementAt(_seconds.Count / 2);

        public void Report(TrainingProgress value) => _seconds.Add(value.Elapsed.TotalSeconds);
    }
}
