using System.CommandLine;
using PromoRec.Cli.Output;
using PromoRec.Cli.Reading;
using PromoRec.Ranking;

namespace PromoRec.Cli.Commands;

/// <summary>Options of commands that rank offers.</summary>
internal sealed class OfferOptions(InputOptions input, CatalogOptions catalog)
{
    private readonly Option<string?> _at = OptionFactory.Text("--at", "TIME", "Rank the offers that are valid at this time");
    private readonly Option<double> _sizeExponent = OptionFactory.Real("--target-size-exponent", "How far an offer's number of items is held against it, 0 to 1", new RankingOptions().TargetSizeExponent, 0, includingLeast: true);

    private readonly Option<bool> _expectedValue = OptionFactory.Flag("--expected-value", "Put offers in order by probability x margin - cost instead of the score; for stacked hybrids");

    private readonly RerankCommandOptions _reranking = new();

    public Option<string?> Offers { get; } = OptionFactory.Text("--offers", "FILE", "Rank these offers instead of items");

    public Option<bool> KeepConsumed { get; } = OptionFactory.Flag("--keep-consumed", "Do not leave out what a customer has bought or redeemed already, as where the same things are bought again");

    /// <summary>The time that was given; null for now.</summary>
    public DateTimeOffset? At(ParseResult parsed) => input.Time(parsed, _at);

    public void AddTo(Command command)
    {
        command.Options.Add(Offers);
        catalog.AddTo(command);
        foreach (Option option in (Option[])[_at, _sizeExponent, KeepConsumed, _expectedValue, .. _reranking.All])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The offers and items that were named; null when no offers were.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="badRows">Counts bad rows.</param>
    /// <param name="progress">Is told what seems odd.</param>
    /// <param name="itemsAreUsed">Whether the items file has a use without offers.</param>
    /// <param name="customersAreUsed">Whether the customers file has a use without offers.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public OfferSource? Read(ParseResult parsed, BadRows badRows, ProgressLine progress, bool itemsAreUsed, bool customersAreUsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Offers) is not { } path)
        {
            Option? useless = catalog.FirstUseless(parsed, itemsAreUsed, customersAreUsed)
                ?? ((Option[])[_at, _sizeExponent, _expectedValue, .. _reranking.All]).FirstOrDefault(option => OptionFactory.IsGiven(parsed, option));
            return useless is null ? null : throw new UsageException($"{useless.Name} has no effect without {Offers.Name}. Name the offers, or leave it out.");
        }

        double exponent = parsed.GetValue(_sizeExponent);
        List<Offer> offers = OfferReader.Read(path, input.Zone(parsed), badRows, cancellationToken);
        var source = new OfferSource
        {
            Snapshot = new CatalogSnapshot(offers, catalog.ReadItems(parsed, badRows, cancellationToken)),
            Segments = catalog.ReadSegments(parsed, badRows, cancellationToken),
            At = At(parsed),
            TargetSizeExponent = exponent <= 1 ? exponent : throw new UsageException($"{_sizeExponent.Name} must be from 0 to 1, but is {exponent}."),
            RankBy = parsed.GetValue(_expectedValue) ? RankBy.ExpectedValue : RankBy.Score,
            Reranking = _reranking.Read(parsed, offers),
        };
        if (source.RankBy == RankBy.ExpectedValue && offers.All(offer => offer.Margin is null))
        {
            throw new UsageException($"{_expectedValue.Name} has nothing to go by, because no offer has a margin. Give the offers file a column 'margin', or leave it out.");
        }

        WarnAboutTargets(source.Snapshot, progress);
        return source;
    }

    /// <summary>Offers that are not to be ranked but learnt from, with the items and segments that were named.</summary>
    public static OfferSource Read(string path, TimeZoneInfo zone, TrainingSources sources, BadRows badRows, ProgressLine progress, CancellationToken cancellationToken)
    {
        List<Offer> offers = OfferReader.Read(path, zone, badRows, cancellationToken);
        var source = new OfferSource
        {
            Snapshot = new CatalogSnapshot(offers, sources.ReadItems()),
            Segments = sources.ReadSegments(),
            At = null,
            TargetSizeExponent = new RankingOptions().TargetSizeExponent,
        };
        WarnAboutTargets(source.Snapshot, progress);
        return source;
    }

    /// <summary>An offer for a category that no item has is a likely mistake: a missing --items file, or another spelling.</summary>
    private static void WarnAboutTargets(CatalogSnapshot snapshot, ProgressLine progress)
    {
        HashSet<string> categories = [.. snapshot.Items.SelectMany(item => item.Categories)];
        HashSet<string> brands = [.. snapshot.Items.Select(item => item.Brand).OfType<string>()];
        int lost = snapshot.Offers.Count(offer => offer.Targets.All(target => target.Kind switch
        {
            OfferTargetKind.Category => !categories.Contains(target.Name),
            OfferTargetKind.Brand => !brands.Contains(target.Name),
            _ => false,
        }));
        if (lost > 0)
        {
            progress.Warn($"{Quantity.Count(lost, "offer aims", "offers aim")} at categories or brands that no item has, so nothing is known about them. {(snapshot.Items.Count == 0 ? "Name the items with --items FILE." : "Compare the spelling with the items file.")}");
        }
    }
}
