using System.CommandLine;
using PromoRec.Cli.Output;
using PromoRec.Cli.Reading;
using PromoRec.Models;

namespace PromoRec.Cli.Commands;

/// <summary><c>promorec rank</c>: the best offers, or items, for a customer, and why one offer is among them or is not.</summary>
internal static class RankCommand
{
    public static Command Create(CommandEnvironment environment)
    {
        Option<string> model = OptionFactory.Required("--model", "FILE", "The model");
        Option<string> user = OptionFactory.Required("--user", "ID", "The customer");
        Option<int> top = OptionFactory.Integer("--top", "How many to show", 10, 1, 10_000);
        Option<bool> explain = OptionFactory.Flag("--explain", "Say why each one is there");
        Option<string?> why = OptionFactory.Text("--why", "OFFER", "Say instead why this offer is among the best, or why it is not");
        Option<Named<string>> language = OptionFactory.Choice<string>("--language", "In which language reasons are said", "en", new("en", "en"), new("zh", "zh"));
        Option<string?> segments = OptionFactory.Text("--segments", "NAME,...", "Segments that the customer belongs to, such as vip,new");
        var input = new InputOptions();
        var offers = new OfferOptions(input, new CatalogOptions());
        var context = new RankContextOptions(offers, input);
        var command = new Command("rank", "Show the best offers for a customer, or the best items without --offers") { model, user, top, explain, why, language, segments };
        offers.AddTo(command);
        context.AddTo(command);
        input.AddTo(command);
        command.SetAction(parsed =>
        {
            var progress = new ProgressLine(environment);
            UserId id = Id.User(parsed.GetRequiredValue(user), user.Name);
            OfferId? asked = parsed.GetValue(why) is { } offer ? Id.Offer(offer, why.Name) : (OfferId?)null;
            ThrowIfUseless(parsed, why, language, context, hasOffers: parsed.GetValue(offers.Offers) is not null, hasReasons: parsed.GetValue(explain) || asked is not null);
            RecommendationModel loaded = ModelFile.Load(parsed.GetRequiredValue(model));
            OfferSource? source = offers.Read(parsed, input.BadRows(parsed, progress), progress, itemsAreUsed: false, customersAreUsed: false, environment.Cancellation);
            var wording = new ReasonWording(source?.Snapshot, parsed.GetRequiredValue(language).Value);
            RankContext? moment = source is null ? null : context.Read(parsed);
            context.SayUseless(parsed, moment, loaded, progress);
            RankRequest request = Request(parsed.GetValue(top), parsed.GetValue(offers.KeepConsumed), parsed.GetValue(explain), moment);
            using RankingHost? host = source is null ? null : new RankingHost(loaded, source, Split(parsed.GetValue(segments)), environment.Time);
            if (host is not null && asked is { } explained)
            {
                WhyReport answer = Why.Of(id, host.Ranker.Explain(id, explained, request), wording);
                SayUnknown(progress, loaded, id);
                ReportWriter.Write(environment, parsed, answer, CliJson.Readable.WhyReport, text => WhyText.Write(text, answer, item => wording.NameOf(new ItemId(item)), parsed.GetRequiredValue(language).Value));
                return ExitCode.Success;
            }

            RankReport report = host is null
                ? RankedItems.For(loaded, id, request.Count, keepConsumed: !request.HideRedeemed, request.WithReasons ? wording : null)
                : RankedOfferReport.Of(id, host.Ranker.Rank(id, request), request.WithReasons ? wording : null);
            SayUnknown(progress, loaded, id);
            ReportWriter.Write(environment, parsed, report, CliJson.Readable.RankReport, text => RankingText.Write(text, report, parsed.GetRequiredValue(language).Value));
            return ExitCode.Success;
        });
        return command;
    }

    private static void ThrowIfUseless(ParseResult parsed, Option why, Option language, RankContextOptions context, bool hasOffers, bool hasReasons)
    {
        if (!hasOffers && (OptionFactory.IsGiven(parsed, why) ? why : context.FirstGiven(parsed)) is { } ofOffers)
        {
            throw new UsageException($"{ofOffers.Name} has no effect without --offers. Name the offers, or leave it out.");
        }

        if (OptionFactory.IsGiven(parsed, language) && !hasReasons)
        {
            throw new UsageException($"{language.Name} has no effect without --explain or {why.Name}. Ask for reasons, or leave it out.");
        }
    }

    private static void SayUnknown(ProgressLine progress, RecommendationModel model, UserId user)
    {
        if (!model.ContainsUser(user))
        {
            progress.Say("The model does not know this customer, so what follows is what is popular.");
        }
    }

    private static RankRequest Request(int count, bool keepConsumed, bool reasons, RankContext? context) =>
        new() { Count = count, HideRedeemed = !keepConsumed, HidePurchased = !keepConsumed, WithReasons = reasons, Context = context };

    private static HashSet<string> Split(string? names) =>
        [.. (names ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
