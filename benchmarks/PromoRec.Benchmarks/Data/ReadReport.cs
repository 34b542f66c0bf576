using System.Globalization;
using System.Text.Json;
using PromoRec.Benchmarks.Numerics;
using PromoRec.Benchmarks.Work;
using PromoRec.Cli.Reading;
using PromoRec.Datasets;
using PromoRec.Interactions;

namespace PromoRec.Benchmarks.Data;

/// <summary>How fast a file of interactions becomes a dataset, and how much memory that takes beside the dataset's matrix.</summary>
internal static class ReadReport
{
    public const string Argument = "read";

    private const int Rounds = 5;

    /// <param name="arguments">"--small" reads and builds a tenth.</param>
    /// <param name="output">Takes the tables.</param>
    public static void Run(ReadOnlySpan<string> arguments, TextWriter output)
    {
        bool small = arguments.Contains("--small");
        double stream = Yardsticks.StreamingReadGigabytes(1);
        output.WriteLine($"Processor: {Processor.Name}. Memory is read at {stream:F0} GB/s by one thread.");
        object[] files = [.. Files(small ? 300_000 : 2_000_000, stream, output)];
        object[] builds = [.. Builds(small ? 2_000_000 : 20_000_000, output)];
        string path = Processor.ResultsPath("read.json");
        File.WriteAllText(path, JsonSerializer.Serialize(new { processor = Processor.Name, streamingGigabytes = stream, files, builds }, Processor.Json));
        output.WriteLine($"Written to {path}");
    }

    private static IEnumerable<object> Files(int rows, double stream, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"{rows:N0} rows of CSV in the file cache, one thread:");
        output.WriteLine("| file | bytes a row | rows/s split into fields | rows/s added to a dataset (median) | fastest | of streaming |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|");
        foreach (CsvForm form in CsvForm.All)
        {
            string path = Path.Combine(Path.GetTempPath(), $"promorec-read-{Environment.ProcessId}.csv");
            try
            {
                form.Write(path, EventDraws.Of(rows));
                long bytes = new FileInfo(path).Length;
                Times split = Times.Of(Rounds, () => Split(path));
                Times added = Times.Of(Rounds, () => Add(path));
                double share = bytes / added.Minimum / 1e9 / stream;
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {form.Name} | {(double)bytes / rows:F1} | {rows / split.Minimum / 1e6:F1} M | {rows / added.Median / 1e6:F2} M | {rows / added.Minimum / 1e6:F2} M | {share:P1} |"));
                yield return new { form.Name, rows, bytes, SplitSeconds = split, AddedSeconds = added, rowsPerSecond = rows / added.Median, shareOfStreaming = share };
            }
            finally
            {
                File.Delete(path);
            }
        }
    }

    private static IEnumerable<object> Builds(int events, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("Datasets of events drawn one by one; the matrix has 8 bytes a pair and 8 a customer:");
        output.WriteLine("| events | ids | threads | s of adding | s of building | pairs | matrix MB | peak MB | peak / matrix |");
        output.WriteLine("|---:|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach ((string ids, int threads) in new[] { ("numbers", 1), ("numbers", 2), ("text", 2) })
        {
            // The first round teaches the compiler.
            Build(events / 20, ids, threads);
            BuildMeasurement one = Build(events, ids, threads);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {events:N0} | {ids} | {threads} | {one.AddSeconds:F2} | {one.BuildSeconds:F2} | {one.Pairs:N0} | {one.MatrixBytes / 1e6:F0} | {one.PeakBytes / 1e6:F0} | {one.PeakOverMatrix:F2} |"));
            yield return one;
        }
    }

    /// <summary>Adds events and builds; what the process had in memory before does not count.</summary>
    private static BuildMeasurement Build(int events, string ids, int threads)
    {
        EventDraws draws = EventDraws.Of(events);
        string[]? customers = ids == "text" ? [.. Enumerable.Range(0, draws.Customers).Select(CsvForm.CustomerText)] : null;
        string[]? items = ids == "text" ? [.. Enumerable.Range(0, draws.Items).Select(CsvForm.ItemText)] : null;
        ProcessMemory.ForgetPeak();
        long before = ProcessMemory.Resident;
        var builder = new DatasetBuilder(new DatasetOptions { Threads = threads });
        double add = Times.One(() =>
        {
            foreach ((int customer, int item, InteractionKind kind, DateTimeOffset at) in draws.All())
            {
                builder.Add(customers is null || items is null
                    ? new Interaction(customer, new ItemId(item), kind, at)
                    : new Interaction(customers[customer], new ItemId(items[item]), kind, at));
            }
        });
        InteractionDataset? dataset = null;
        double build = Times.One(() => dataset = builder.Build());
        long matrix = (8L * dataset!.Count) + (8L * (dataset.UserCount + 1));
        var measured = new BuildMeasurement(events, ids, threads, add, build, dataset.Count, matrix, ProcessMemory.Peak - before);
        GC.KeepAlive(builder);
        return measured;
    }

    private static void Split(string path)
    {
        using RowSource rows = InputFile.OpenRows(path, InteractionReader.Columns, ColumnMapping.None);
        long bytes = 0;
        while (rows.Read())
        {
            for (int column = 0; column < InteractionReader.Columns.Names.Count; column++)
            {
                bytes += rows[column].Length;
            }
        }

        GC.KeepAlive(bytes);
    }

    private static void Add(string path)
    {
        var builder = new DatasetBuilder();
        using InteractionReader reader = InteractionReader.Open(path, new InteractionReadOptions { Weights = new InteractionWeights() }, new BadRows(0, _ => { }));
        reader.ReadInto(builder, () => { }, CancellationToken.None);
    }
}
