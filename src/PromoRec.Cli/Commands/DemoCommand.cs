using System.CommandLine;
using PromoRec.Cli.Output;
using PromoRec.Cli.Reading;
using PromoRec.Cli.Writing;

namespace PromoRec.Cli.Commands;

/// <summary><c>promorec demo</c>: the main job from end to end, on a simulated shop or on real files.</summary>
internal static class DemoCommand
{
    public static Command Create(CommandEnvironment environment)
    {
        Option<string?> interactions = OptionFactory.Text("--interactions", "FILE", "Run on this file instead of a simulated shop; needs --offers");
        Option<string?> output = OptionFactory.Text("--out", "DIR", "Folder for the model and the shop's files; promorec-demo in the temporary folder unless set");
        Option<ulong> seed = OptionFactory.Seed();
        var input = new InputOptions();
        var reading = new InteractionOptions(string.Empty, input);
        var offers = new OfferOptions(input, new CatalogOptions());
        var command = new Command("demo", "Train, measure and rank offers on a simulated shop, and explain every step") { interactions, output, seed };
        offers.AddTo(command);
        reading.AddTo(command);
        input.AddTo(command);
        command.SetAction(parsed =>
        {
            var progress = new ProgressLine(environment);
            string folder = parsed.GetValue(output) ?? Path.Combine(Path.GetTempPath(), "promorec-demo");
            BadRows badRows = input.BadRows(parsed, progress);
            InteractionReadOptions readOptions = reading.Read(parsed);
            OfferSource? source = offers.Read(parsed, badRows, progress, itemsAreUsed: false, customersAreUsed: false, environment.Cancellation);
            if (parsed.GetValue(interactions) is null != source is null)
            {
                throw new UsageException($"{interactions.Name} and {offers.Offers.Name} belong together. Name both, or neither for a simulated shop.");
            }

            Overwriting.RefuseInFolder(parsed, output, Path.Combine(folder, DemoRun.ModelName), "the model");
            OutputFile.CreateFolder(folder);
            var run = new DemoRun(environment, progress, folder, parsed.GetValue(CommonOptions.Json) ? TextWriter.Null : environment.Output, parsed.GetValue(seed));
            DemoReport report = source is null
                ? run.OnSimulatedShop()
                : run.On(FromFiles(parsed.GetValue(interactions)!, readOptions, source, badRows, progress, environment.Cancellation), source.TargetSizeExponent, parsed.GetValue(offers.KeepConsumed));
            if (parsed.GetValue(CommonOptions.Json))
            {
                ReportWriter.Write(environment, parsed, report, CliJson.Readable.DemoReport, _ => { });
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static DemoData FromFiles(string path, InteractionReadOptions options, OfferSource source, BadRows badRows, ProgressLine progress, CancellationToken cancellationToken)
    {
        using InteractionReader reader = InteractionReader.Open(path, options, badRows);
        return new DemoData($"{Path.GetFileName(path)} holds", [.. InteractionOptions.Stream(reader, progress, cancellationToken)], source.Snapshot, source.Segments);
    }
}
