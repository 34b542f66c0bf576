using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using PromoRec.Datasets.Features;
using PromoRec.Models.Linear;
using PromoRec.Training.Linear;

namespace PromoRec.Benchmarks.Training;

/// <summary>Seconds that linear training takes on a9a, and what it reaches: the batch solvers at each cost, and one pass of FTRL.</summary>
internal static class LinearReport
{
    public const string Argument = "linear";

    private const int Repetitions = 5;

    public static void Run(TextWriter output)
    {
        string path = Path.Combine(Processor.RepositoryRoot, "..", "shared", "data", "a9a", "train.libsvm.gz");
        if (!File.Exists(path))
        {
            output.WriteLine("SKIPPED: ../shared/data/a9a/train.libsvm.gz is absent beside the repository.");
            return;
        }

        ExampleSet examples = Read(path);
        output.WriteLine($"Processor: {Processor.Name}. a9a: {examples.Count:N0} examples, {examples.Schema.ColumnCount} columns.");
        output.WriteLine("| loss | penalty | intercept | C | threads | s (median) | minimum | iterations | objective |");
        output.WriteLine("|---|---|---|---:|---:|---:|---:|---:|---:|");
        List<LinearMeasurement> measurements = [];
        foreach (double cost in new[] { 0.01, 0.1, 1, 10 })
        {
            foreach (int threads in new[] { 1, 2 })
            {
                Measure("L2", new LinearTrainingOptions { Cost = cost, Threads = threads });
                Measure("L1", new LinearTrainingOptions { Cost = cost, L1 = 1, L2 = 0, Intercept = false, Threads = threads });
                Measure("L2", new LinearTrainingOptions { Cost = cost, Loss = LinearLoss.SquaredHinge, Threads = threads });
            }

            // Dual coordinate descent has one thread.
            Measure("L2", new LinearTrainingOptions { Cost = cost, Loss = LinearLoss.Hinge, Threads = 1 });
        }

        (double median, double minimum, FtrlLearner learner) = Time(() =>
        {
            var online = new FtrlLearner(examples.Schema);
            online.Learn(examples);
            return online;
        });
        measurements.Add(new LinearMeasurement("Logistic", "FTRL", true, 0, 1, median, minimum, 1, 0));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"One pass of FTRL over {learner.Learned:N0} examples: {median:F4} s (minimum {minimum:F4}), {learner.Learned / median / 1e6:F2} million examples a second."));
        string results = Processor.ResultsPath("linear.json");
        File.WriteAllText(results, JsonSerializer.Serialize(new { processor = Processor.Name, measurements }, Processor.Json));
        output.WriteLine($"Written to {results}");

        void Measure(string penalty, LinearTrainingOptions options)
        {
            (double median, double minimum, LinearModel model) = Time(() => new LinearTrainer(options).Train(examples));
            LinearMeasurement one = new(options.Loss.ToString(), penalty, options.Intercept, options.Cost, options.Threads, median, minimum, (int)model.Manifest.Metrics["iterations"], model.Manifest.Metrics["objective"]);
            measurements.Add(one);
            string converged = model.Manifest.Metrics["converged"] == 1 ? string.Empty : " (not converged)";
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {one.Loss} | {penalty} | {(one.Intercept ? "yes" : "no")} | {one.Cost} | {one.Threads} | {median:F3} | {minimum:F3} | {one.Iterations} | {one.Objective:F4}{converged} |"));
        }
    }

    private static (double Median, double Minimum, T Result) Time<T>(Func<T> work)
    {
        T result = work();
        List<double> seconds = [];
        for (int repetition = 0; repetition < Repetitions; repetition++)
        {
            long started = Stopwatch.GetTimestamp();
            result = work();
            seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        seconds.Sort();
        return (seconds[Repetitions / 2], seconds[0], result);
    }

    private static ExampleSet Read(string path)
    {
        var schema = new FeatureSchemaBuilder();
        for (int column = 1; column <= 123; column++)
        {
            schema.AddNumber(string.Create(CultureInfo.InvariantCulture, $"f{column}"));
        }

        var builder = new ExampleSetBuilder(schema.Build());
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            string[] cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            int[] columns = [.. cells.Skip(1).Select(cell => int.Parse(cell.AsSpan(0, cell.IndexOf(':', StringComparison.Ordinal)), NumberStyles.None, CultureInfo.InvariantCulture) - 1)];
            builder.Add(columns, [.. columns.Select(_ => 1f)], cells[0] == "+1" ? 1 : 0);
        }

        return builder.Build();
    }
}
