using System.CommandLine;
using PromoRec.Cli.Output;
using PromoRec.Cli.Push;
using PromoRec.Cli.Reading;
using PromoRec.Cli.Writing;
using PromoRec.Push.PolicyFile;

namespace PromoRec.Cli.Commands;

/// <summary><c>promorec plan</c>: what may be pushed to whom at some time, and why not.</summary>
internal static class PlanCommand
{
    public static Command Create(CommandEnvironment environment)
    {
        Option<string> customers = OptionFactory.Required("--customers", "FILE", "What is known of the customers");
        Option<string> offers = OptionFactory.Required("--offers", "FILE", "The offers");
        Option<string?> at = OptionFactory.Text("--at", "TIME", "The time to decide for; now unless set");
        Option<string?> channels = OptionFactory.Text("--channels", "NAME,...", "The channels in order of preference; those of the offer, or else of the customer, unless set");
        Option<string?> scores = OptionFactory.Text("--scores", "FILE", "How much customers are expected to like offers, with columns user,offer,score");
        Option<string?> history = OptionFactory.Text("--history", "FILE", "The pushes that were sent before, in the order of time");
        Option<string?> output = OptionFactory.Text("--out", "FILE", "Write all decisions to a CSV file");
        Option<bool> explain = OptionFactory.Flag("--explain", "Say of every decision what each rule saw and said");
        Option<int> rows = OptionFactory.Integer("--rows", "How many decisions to show", 50, 0, 1_000_000);
        var input = new InputOptions();
        var push = new PushCommandOptions(input);
        var command = new Command("plan", "Decide what may be pushed to whom, hold the places, and say why not");
        push.AddTo(command);
        foreach (Option option in new Option[] { customers, offers, at, channels, scores, history, output, explain, rows })
        {
            command.Options.Add(option);
        }

        input.AddTo(command);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(output) is { } planned)
            {
                Overwriting.Refuse(parsed, output, planned, "the plan");
            }

            long started = environment.Time.GetTimestamp();
            var progress = new ProgressLine(environment);
            BadRows badRows = input.BadRows(parsed, progress);
            PushPolicyFile policies = push.ReadPolicies(parsed, progress);
            var names = new ChannelNames(policies.Channels);
            DateTimeOffset time = (input.Time(parsed, at) ?? environment.Time.GetUtcNow()).ToUniversalTime();
            IReadOnlyList<ChannelId>? wanted = ChannelsOf(parsed.GetValue(channels), channels.Name, names);
            PushAudience audience = push.ReadCustomers(parsed, parsed.GetRequiredValue(customers), names, badRows, progress, environment.Cancellation);
            List<PushOffer> pushed = OfferReader.Read(parsed.GetRequiredValue(offers), input.Zone(parsed), badRows, (offer, row) => PushOffer.Of(offer, row, names), environment.Cancellation);
            foreach (PushOffer offer in pushed)
            {
                audience.Consents.AssumeTopic(offer.Topic);
            }

            using var host = new PushHost(policies, audience);
            if (parsed.GetValue(history) is { } past)
            {
                Record(host, past, names, time, input.Zone(parsed), badRows, environment.Cancellation);
            }

            host.Clock.Now = time;
            var run = new PlanRun(
                host,
                pushed,
                wanted,
                parsed.GetValue(scores) is { } scored ? ScoreReader.Read(scored, badRows, environment.Cancellation) : [],
                parsed.GetValue(explain) || parsed.GetValue(CommonOptions.Json));
            List<PlanEntry> entries = Decide(run, audience, progress, environment.Cancellation);
            if (parsed.GetValue(output) is { } file)
            {
                PlanFile.Write(file, entries, environment.Cancellation);
            }

            PlanReport report = PlanReport.Of(time, audience.Rows.Count, pushed.Count, entries, environment.Time.GetElapsedTime(started).TotalSeconds);
            ReportWriter.Write(environment, parsed, report, CliJson.Readable.PlanReport, text => PlanText.Write(text, report, parsed.GetValue(rows)));
            if (report.Sent + report.Deferred == 0)
            {
                NothingSent.Hint(progress, report.Reasons);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static List<PlanEntry> Decide(PlanRun run, PushAudience audience, ProgressLine progress, CancellationToken cancellationToken)
    {
        List<PlanEntry> entries = [];
        foreach (CustomerRow row in audience.Rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            entries.AddRange(run.Decide(audience.Customers.Find(row.Customer.UserId)!));
            progress.Show(() => $"deciding: {Quantity.Count(entries.Count, "push", "pushes")}");
        }

        return entries;
    }

    /// <summary>Counts what was sent before the plan.</summary>
    private static void Record(
        PushHost host, string path, ChannelNames names, DateTimeOffset time, TimeZoneInfo zone, BadRows badRows, CancellationToken cancellationToken)
    {
        using PushEventReader reader = PushEventReader.Open(path, names, offers: null, zone, badRows, onlySent: true);
        foreach (PushEvent sent in reader.ReadAll(cancellationToken))
        {
            if (sent.At > time)
            {
                throw InputException.File(path, $"a push is of {sent.At:u}, after the time of the plan, {time:u}. Leave later ones out, or plan for a later time with --at.");
            }

            host.Clock.Now = sent.At;
            host.Record(sent.Request);
        }
    }

    private static IReadOnlyList<ChannelId>? ChannelsOf(string? text, string option, ChannelNames names) => text is null
        ? null
        : [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(name => names.Find(name) ?? throw new UsageException($"{option}: {names.Unknown(name)}"))];
}
