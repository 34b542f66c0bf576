using System.CommandLine;
using PromoRec.Cli.Output;
using PromoRec.Cli.Reading;
using PromoRec.Models;

namespace PromoRec.Cli.Commands;

/// <summary><c>promorec rank</c>: the best offers, or items, for a customer.</summary>
internal static class RankCommand
{
    public static Command Create(CommandEnvironment environment)
    {
        Option<string> model = OptionFactory.Required("--model", "FILE", "The model");
        Option<string> user = OptionFactory.Required("--user", "ID", "The customer");
        Option<int> top = OptionFactory.Integer("--top", "How many to show", 10, 1, 10_000);
        Option<bool> explain = OptionFactory.Flag("--explain", "Say why each one is there");
        Option<string?> segments = OptionFactory.Text("--segments", "NAME,...", "Segments that the customer belongs to, such as vip,new");
        var input = new InputOptions();
        var offers = new OfferOptions(input, new CatalogOptions());
        var command = new Command("rank", "Show the best offers for a customer, or the best items without --offers") { model, user, top, explain, segments };
        offers.AddTo(command);
        input.AddTo(command);
        command.SetAction(parsed =>
        {
            var progress = new ProgressLine(environment);
            UserId id = Id.User(parsed.GetRequiredValue(user), user.Name);
            RecommendationModel loaded = ModelFile.Load(parsed.GetRequiredValue(model));
            OfferSource? source = offers.Read(parsed, input.BadRows(parsed, progress), progress, itemsAreUsed: false, customersAreUsed: false, environment.Cancellation);
            bool keepConsumed = parsed.GetValue(offers.KeepConsumed);
            bool reasons = parsed.GetValue(explain);
            RankReport report = source is null
                ? RankedItems.For(loaded, id, parsed.GetValue(top), keepConsumed, reasons)
                : RankOffers(loaded, id, source, Split(parsed.GetValue(segments)), Request(parsed.GetValue(top), keepConsumed, reasons), environment.Time);
            if (!loaded.ContainsUser(id))
            {
                progress.Say("The model does not know this customer, so what follows is what is popular.");
            }

            IReadOnlyDictionary<ItemId, string> names = source is null ? new Dictionary<ItemId, string>() : ItemNames(source.Snapshot);
            ReportWriter.Write(environment, parsed, report, CliJson.Readable.RankReport, text => RankingText.Write(text, report, names));
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>What the shop calls its items, for reasons that people can read.</summary>
    public static Dictionary<ItemId, string> ItemNames(CatalogSnapshot snapshot) =>
        snapshot.Items.Where(item => item.Text is not null).ToDictionary(item => item.Id, item => item.Text!);

    private static RankReport RankOffers(RecommendationModel model, UserId user, OfferSource source, IReadOnlySet<string> segments, RankRequest request, TimeProvider time)
    {
        using var host = new RankingHost(model, source, segments, time);
        return RankedOfferReport.Of(user, host.Ranker.Rank(user, request), request.WithReasons);
    }

    private static RankRequest Request(int count, bool keepConsumed, bool reasons) =>
        new() { Count = count, HideRedeemed = !keepConsumed, HidePurchased = !keepConsumed, WithReasons = reasons };

    private static HashSet<string> Split(string? names) =>
        [.. (names ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
