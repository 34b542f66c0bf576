using System.CommandLine;
using PromoRec.Training.Popularity;

namespace PromoRec.Cli.Commands;

/// <summary>Options of commands that train models of popularity.</summary>
internal sealed class PopularityCommandOptions
{
    private static readonly PopularityOptions Unset = new();

    private readonly Option<Named<PopularityMeasure>> _rankBy = OptionFactory.Choice(
        "--rank-by", "popularity: what makes an item score high", Unset.Measure, new("share", PopularityMeasure.Share), new("trend", PopularityMeasure.Trend));

    private readonly Option<Named<PopularityCounting>> _count = OptionFactory.Choice(
        "--count", "popularity: what is counted", Unset.Counting, new("customers", PopularityCounting.Customers), new("events", PopularityCounting.Events));

    private readonly Option<double> _recent = OptionFactory.Real("--recent-half-life", "popularity: half-life of what is of late, in days, for trends", Unset.RecentHalfLife.TotalDays, 0, includingLeast: false);
    private readonly Option<double> _usual = OptionFactory.Real("--usual-half-life", "popularity: half-life of what is usual, in days, for trends", Unset.UsualHalfLife.TotalDays, 0, includingLeast: false);
    private readonly Option<double> _segmentPrior = OptionFactory.Real("--segment-prior", "popularity: counts that the whole is worth to a segment of --customers", Unset.SegmentPriorStrength, 0, includingLeast: true);
    private readonly Option<double> _itemPrior = OptionFactory.Real("--item-prior", "popularity: counts that its category is worth to an item", Unset.ItemPriorStrength, 0, includingLeast: false);
    private readonly Option<double> _trendPrior = OptionFactory.Real("--trend-prior", "popularity: expected counts that the whole is worth to a trend", Unset.TrendPriorStrength, 0, includingLeast: false);

    public IReadOnlyList<Option> All => [_rankBy, _count, _recent, _usual, _segmentPrior, _itemPrior, _trendPrior];

    public ModelTrainer Read(ParseResult parsed, int? minSupport, TrainingSources sources)
    {
        Dictionary<UserId, IReadOnlySet<string>> segments = sources.ReadSegments();
        List<Item> items = sources.ReadItems();
        PopularityOptions options = new()
        {
            Measure = parsed.GetRequiredValue(_rankBy).Value,
            Counting = parsed.GetRequiredValue(_count).Value,
            HalfLife = sources.HalfLifeOr(Unset.HalfLife),
            RecentHalfLife = Days(parsed, _recent),
            UsualHalfLife = Days(parsed, _usual),
            MinSupport = minSupport ?? Unset.MinSupport,
            SegmentPriorStrength = parsed.GetValue(_segmentPrior),
            ItemPriorStrength = parsed.GetValue(_itemPrior),
            TrendPriorStrength = parsed.GetValue(_trendPrior),
            Segments = [.. segments.Values.SelectMany(each => each).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        };
        TrainingCommandOptions.Check(options.Validate);
        var customers = new FileCustomerDirectory(segments, new HashSet<string>());
        return (data, progress, cancellationToken) => new PopularityTrainer(options).Train(data.Dataset, items, customers, progress, cancellationToken);
    }

    private static TimeSpan Days(ParseResult parsed, Option<double> option) =>
        parsed.GetValue(option) is var days and <= 36_500 ? TimeSpan.FromDays(days) : throw new UsageException($"{option.Name} must be at most 36,500 days, but is {parsed.GetValue(option)}.");
}
