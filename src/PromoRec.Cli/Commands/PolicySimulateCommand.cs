using System.CommandLine;
using PromoRec.Cli.Output;
using PromoRec.Cli.Push;
using PromoRec.Cli.Reading;
using PromoRec.Push.PolicyFile;

namespace PromoRec.Cli.Commands;

/// <summary><c>promorec policy simulate</c>: replays a history of pushes under one policy file, or two.</summary>
internal static class PolicySimulateCommand
{
    public static Command Create(CommandEnvironment environment)
    {
        Option<string> events = OptionFactory.Required("--events", "FILE", "The pushes that were attempted, in the order of time");
        Option<string?> against = OptionFactory.Text("--against", "FILE", "Another policy file, to be put beside the first");
        Option<string?> customers = OptionFactory.Text("--customers", "FILE", "What is known of the customers");
        Option<string?> offers = OptionFactory.Text("--offers", "FILE", "The offers that were pushed");
        var input = new InputOptions();
        var push = new PushCommandOptions(input);
        var command = new Command("simulate", "Replay a history of pushes under a policy file, or under two side by side") { events };
        push.AddTo(command);
        foreach (Option option in new Option[] { against, customers, offers })
        {
            command.Options.Add(option);
        }

        input.AddTo(command);
        command.SetAction(parsed =>
        {
            long started = environment.Time.GetTimestamp();
            var progress = new ProgressLine(environment);
            BadRows badRows = input.BadRows(parsed, progress);
            PushPolicyFile first = push.ReadPolicies(parsed, progress);
            PushPolicyFile? second = parsed.GetValue(against) is { } path ? PolicyReader.Read(path, progress) : null;
            var channels = new ChannelNames([.. first.Channels, .. second?.Channels ?? []]);
            PushAudience audience = push.ReadCustomers(parsed, parsed.GetValue(customers), channels, badRows, progress, environment.Cancellation);
            List<PushOffer>? known = parsed.GetValue(offers) is { } offersPath
                ? OfferReader.Read(offersPath, input.Zone(parsed), badRows, (offer, row) => PushOffer.Of(offer, row, channels), environment.Cancellation)
                : null;
            using PushEventReader reader = PushEventReader.Open(parsed.GetRequiredValue(events), channels, known, input.Zone(parsed), badRows);
            using var run = new SimulationRun(first, second, audience);
            foreach (IReadOnlyList<PushEvent> attempts in EventBatches.ByInstant(reader.ReadAll(environment.Cancellation)))
            {
                run.Take(attempts);
                progress.Show(() => $"replaying: {Quantity.Count(run.Attempts, "attempt", "attempts")}");
            }

            run.Finish();
            PolicySimulateReport report = run.Report(badRows.Skipped, environment.Time.GetElapsedTime(started).TotalSeconds);
            ReportWriter.Write(environment, parsed, report, CliJson.Readable.PolicySimulateReport, text => PolicySimulateText.Write(text, report));
            if (report.Policies.Sent + (report.Against?.Sent ?? 0) == 0)
            {
                NothingSent.Hint(progress, report.Policies.Drops);
            }

            return ExitCode.Success;
        });
        return command;
    }
}
