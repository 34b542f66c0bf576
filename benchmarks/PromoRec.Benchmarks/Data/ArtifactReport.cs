using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using PromoRec.Benchmarks.Numerics;
using PromoRec.Benchmarks.Work;
using PromoRec.Datasets;
using PromoRec.Models;
using PromoRec.Numerics;
using PromoRec.Ranking;

namespace PromoRec.Benchmarks.Data;

/// <summary>How soon a model of a million customers ranks after its file was named, and how much of the file is in memory then.</summary>
internal static class ArtifactReport
{
    public const string Argument = "artifact";

    private const int Customers = 1_000_000;
    private const int Items = 27_000;
    private const int PastItems = 20;
    private const int Factors = 64;
    private const int Rounds = 9;

    // Shares no divisor with the number of customers, so that calls go all over the file.
    private const long CustomerStep = 611_953;

    public static void Run(TextWriter output)
    {
        double stream = Yardsticks.StreamingReadGigabytes(1);
        string path = Path.Combine(Path.GetTempPath(), $"promorec-artifact-{Environment.ProcessId}.safetensors");
        try
        {
            double saved = Times.One(() => Model().Save(path));
            long bytes = new FileInfo(path).Length;
            output.WriteLine($"Processor: {Processor.Name}. {Customers:N0} customers with text ids and {PastItems} past items each, {Items:N0} items, {Factors} factors: {bytes / 1e6:F0} MB, saved in {saved:F1} s.");
            output.WriteLine("Ready to rank: the file is opened and checked, the model published to a ranker over a catalog. The file is in the cache.");
            output.WriteLine();
            output.WriteLine("| offers | checked | ms of opening, first | median | minimum | ms of publishing, first | median | minimum |");
            output.WriteLine("|---:|---|---:|---:|---:|---:|---:|---:|");
            List<object> ready = [];
            foreach (int offers in new[] { 0, 1_000, 10_000 })
            {
                foreach (bool verify in new[] { false, true })
                {
                    (double[] opening, double[] publishing) = Ready(path, offers, verify);
                    Times open = Times.Of(opening.Skip(1));
                    Times publish = Times.Of(publishing.Skip(1));
                    output.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"| {offers:N0} | {(verify ? "every byte" : "header and structure")} | {opening[0] * 1e3:F1} | {open.Median * 1e3:F1} | {open.Minimum * 1e3:F1} | {publishing[0] * 1e3:F1} | {publish.Median * 1e3:F1} | {publish.Minimum * 1e3:F1} |"));
                    ready.Add(new { offers, verify, firstOpening = opening[0], open, firstPublishing = publishing[0], publish });
                }
            }

            List<object> touched = [.. Touched(path, output)];
            string results = Processor.ResultsPath("artifact.json");
            File.WriteAllText(results, JsonSerializer.Serialize(new { processor = Processor.Name, streamingGigabytes = stream, bytes, savedSeconds = saved, ready, touched }, Processor.Json));
            output.WriteLine($"Written to {results}");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static (double[] Opening, double[] Publishing) Ready(string path, int offers, bool verify)
    {
        using LiveModel live = Live(offers);
        var opening = new double[Rounds];
        var publishing = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            FactorModel? model = null;
            opening[round] = Times.One(() => model = FactorModel.Load(path, new ModelLoadOptions { VerifyTensors = verify }));
            publishing[round] = Times.One(() => live.Publish(model!));
        }

        return (opening, publishing);
    }

    /// <summary>How much of the file becomes resident as customers come.</summary>
    private static IEnumerable<object> Touched(string path, TextWriter output)
    {
        ProcessMemory.ForgetPeak();
        using LiveModel live = Live(1_000);
        (long before, long filesBefore) = (ProcessMemory.Resident, ProcessMemory.ResidentOfFiles);
        live.Publish(FactorModel.Load(path, new ModelLoadOptions { VerifyTensors = false }));
        var ranker = new OfferRanker(live, directory: null, TimeProvider.System);
        var places = new RankedOffer[10];
        output.WriteLine();
        output.WriteLine("| customers ranked | MB resident beside what was | of it mapped | µs a rank since the line before |");
        output.WriteLine("|---:|---:|---:|---:|");
        long done = 0;
        foreach (int customers in new[] { 0, 1, 100, 10_000, 100_000 })
        {
            long from = done;
            double seconds = Times.One(() =>
            {
                for (; done < customers; done++)
                {
                    ranker.Rank(new UserId(CsvForm.CustomerText((int)(done * CustomerStep % Customers))), places);
                }
            });
            (long resident, long mapped) = (ProcessMemory.Resident - before, ProcessMemory.ResidentOfFiles - filesBefore);
            double micros = customers == 0 ? 0 : seconds * 1e6 / (customers - from);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {customers:N0} | {resident / 1e6:F1} | {mapped / 1e6:F1} | {micros:F1} |"));
            yield return new { customers, residentBytes = resident, mappedBytes = mapped, microsecondsARank = micros };
        }
    }

    private static LiveModel Live(int offers)
    {
        var random = new SeededRandom(seed: 4);
        var made = new Offer[offers];
        for (int i = 0; i < offers; i++)
        {
            made[i] = new Offer { Id = i, Terms = OfferTerms.PercentOff(10), Targets = [OfferTarget.Item(CsvForm.ItemText(random.NextInt32(Items))), OfferTarget.Item(CsvForm.ItemText(random.NextInt32(Items)))] };
        }

        var options = new RankingOptions();
        return new LiveModel(new InMemoryOfferCatalog(new CatalogSnapshot(made, [])), options, new RecentActivity(options), NullLogger.Instance);
    }

    private static FactorModel Model()
    {
        var random = new SeededRandom(seed: 3);
        var offsets = new long[Customers + 1];
        var columns = new int[Customers * PastItems];
        for (int customer = 0; customer < Customers; customer++)
        {
            for (int i = 0; i < PastItems; i++)
            {
                columns[(customer * PastItems) + i] = (i * (Items / PastItems)) + random.NextInt32(Items / PastItems);
            }

            offsets[customer + 1] = offsets[customer] + PastItems;
        }

        var values = new float[columns.Length];
        values.AsSpan().Fill(1);
        var past = new CsrMatrix(Items, offsets, columns, values);
        return new FactorModel(
            Ids(Customers, CsvForm.CustomerText),
            Ids(Items, CsvForm.ItemText),
            Gaussian(Customers, ref random),
            Gaussian(Items, ref random),
            new ImplicitObjective(0.01, 1, 1, false, 0.1, false),
            new InteractionHistory(past, past.ToOnes(), IdIndex.Empty, new CsrMatrix(0, new long[Customers + 1], default, default), ItemPopularity.Of(past)),
            new ModelManifest { Version = "bench", Algorithm = "random" });
    }

    private static IdIndex Ids(int count, Func<int, string> text) => IdIndex.FromSorted([.. Enumerable.Range(0, count).Select(i => new IdValue(text(i), "id"))]);

    private static FactorMatrix Gaussian(int rows, ref SeededRandom random)
    {
        var matrix = FactorMatrix.Create(rows, Factors);
        foreach (ref float factor in matrix.Data)
        {
            factor = (float)(random.NextDouble() - 0.5) * 0.2f;
        }

        return matrix;
    }
}
