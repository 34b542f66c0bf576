using System.CommandLine;
using PromoRec.Cli.Output;
using PromoRec.Cli.Writing;
using PromoRec.Testing.Simulation;

namespace PromoRec.Cli.Commands;

/// <summary><c>promorec simulate</c>: writes the files of a made-up shop whose truth is known.</summary>
internal static class SimulateCommand
{
    public static Command Create(CommandEnvironment environment)
    {
        Option<int> customers = OptionFactory.Integer("--customers", "Customers", 2_000, 1, 10_000_000);
        Option<int> items = OptionFactory.Integer("--items", "Items", 500, 1, 10_000_000);
        Option<long> interactions = OptionFactory.Long("--interactions", "Interactions of all kinds together", 100_000, 1, 1_000_000_000);
        Option<int> days = OptionFactory.Integer("--days", "Days that they are spread over", 90, 1, 3_650);
        Option<ulong> seed = OptionFactory.Seed();
        Option<string> output = OptionFactory.Required("--out", "DIR", "Folder for the files; made if it is not there");
        Option<bool> gzip = OptionFactory.Flag("--gzip", "Pack the interactions and pushes");
        var command = new Command("simulate", "Write the files of a simulated shop") { customers, items, interactions, days, seed, output, gzip };
        command.SetAction(parsed =>
        {
            string folder = parsed.GetRequiredValue(output);
            var options = new SimulatorOptions
            {
                Customers = parsed.GetValue(customers),
                Items = parsed.GetValue(items),
                Interactions = parsed.GetValue(interactions),
                Days = parsed.GetValue(days),
                Seed = parsed.GetValue(seed),
            };
            SimulateReport report = Write(new ShopSimulator(options), options, folder, parsed.GetValue(gzip) ? ".csv.gz" : ".csv", environment);
            ReportWriter.Write(environment, parsed, report, CliJson.Readable.SimulateReport, text =>
            {
                text.WriteLine($"{Quantity.Count(report.Customers, "customer", "customers")}, {Quantity.Count(report.Items, "item", "items")}, {Quantity.Count(report.Offers, "offer", "offers")}, {Quantity.Count(report.Interactions, "interaction", "interactions")} and {Quantity.Count(report.Pushes, "push", "pushes")} in {Quantity.Seconds(report.Seconds)}:");
                foreach (string file in report.Files)
                {
                    text.WriteLine($"  {Path.Combine(report.Folder, file)}");
                }
            });
            return ExitCode.Success;
        });
        return command;
    }

    private static SimulateReport Write(ShopSimulator shop, SimulatorOptions options, string folder, string extension, CommandEnvironment environment)
    {
        long started = environment.Time.GetTimestamp();
        var progress = new ProgressLine(environment);
        CancellationToken cancellation = environment.Cancellation;
        OutputFile.CreateFolder(folder);
        string[] files = ["items.csv", "offers.csv", "customers.csv", $"interactions{extension}", $"pushes{extension}"];
        ShopFiles.WriteItems(Path.Combine(folder, files[0]), shop.Items.Select(item => item.Item), cancellation);
        ShopFiles.WriteOffers(Path.Combine(folder, files[1]), shop.Offers, cancellation);
        TruthFiles.WriteCustomers(Path.Combine(folder, files[2]), shop.Customers, cancellation);
        long interactions = ShopFiles.WriteInteractions(
            Path.Combine(folder, files[3]),
            shop.Interactions,
            count => progress.Show(() => $"simulating: {count:N0} of {Quantity.Count(options.Interactions, "interaction", "interactions")}"),
            cancellation);
        long pushes = TruthFiles.WritePushes(Path.Combine(folder, files[4]), shop.Pushes, cancellation);
        double seconds = environment.Time.GetElapsedTime(started).TotalSeconds;
        return new SimulateReport(folder, files, options.Customers, options.Items, shop.Offers.Count, interactions, pushes, options.Seed, seconds);
    }
}
