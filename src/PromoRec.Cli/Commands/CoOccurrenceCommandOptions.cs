using System.CommandLine;
using PromoRec.Training.CoOccurrence;

namespace PromoRec.Cli.Commands;

/// <summary>Options of commands that train models of what is taken together.</summary>
internal sealed class CoOccurrenceCommandOptions
{
    private const double MostMinutes = 525_600;

    private static readonly CoOccurrenceOptions Unset = new();

    private readonly Option<double> _gap = OptionFactory.Real("--session-gap", "co-occurrence: longest pause within a basket, in minutes", Unset.SessionGap.TotalMinutes, 0, includingLeast: true);

    private readonly Option<Named<CoOccurrenceMeasure>> _measure = OptionFactory.Choice(
        "--measure",
        "co-occurrence: what an item adds to the score of another",
        Unset.Measure,
        new("confidence", CoOccurrenceMeasure.Confidence),
        new("lift", CoOccurrenceMeasure.Lift),
        new("cosine", CoOccurrenceMeasure.Cosine),
        new("jaccard", CoOccurrenceMeasure.Jaccard),
        new("count", CoOccurrenceMeasure.Count));

    private readonly Option<double> _minConfidence = OptionFactory.Real("--min-confidence", "co-occurrence: least confidence of a rule, at most 1", Unset.MinConfidence, 0, includingLeast: true);
    private readonly Option<double> _minLift = OptionFactory.Real("--min-lift", "co-occurrence: least lift of a rule", Unset.MinLift, 0, includingLeast: true);
    private readonly Option<int> _maxRules = OptionFactory.Integer("--max-rules", "co-occurrence: most items that come with an item", Unset.Neighbours, 1, 1_000_000);
    private readonly Option<double> _distance = OptionFactory.Real("--distance-decay", "co-occurrence: what is left of a pair for every step further apart, at most 1", Unset.DistanceDecay, 0, includingLeast: false);
    private readonly Option<int> _maxBasket = OptionFactory.Integer("--max-basket", "co-occurrence: most different items of a basket; larger ones are left out", Unset.MaxBasketItems, 2, 1_000_000);

    public IReadOnlyList<Option> All => [_gap, _measure, _minConfidence, _minLift, _maxRules, _distance, _maxBasket];

    public ModelTrainer Read(ParseResult parsed, int? minSupport, TrainingSources sources, int threads)
    {
        double gap = parsed.GetValue(_gap);
        CoOccurrenceOptions options = new()
        {
            SessionGap = gap <= MostMinutes ? TimeSpan.FromMinutes(gap) : throw new UsageException($"{_gap.Name} must be at most {MostMinutes:N0} minutes, which is a year, but is {gap}."),
            Measure = parsed.GetRequiredValue(_measure).Value,
            MinSupport = minSupport ?? Unset.MinSupport,
            MinConfidence = parsed.GetValue(_minConfidence),
            MinLift = parsed.GetValue(_minLift),
            Neighbours = parsed.GetValue(_maxRules),
            DistanceDecay = parsed.GetValue(_distance),
            HalfLife = sources.HalfLifeOr(Unset.HalfLife),
            MaxBasketItems = parsed.GetValue(_maxBasket),
            Threads = threads,
        };
        TrainingCommandOptions.Check(options.Validate);
        return (data, progress, cancellationToken) => new CoOccurrenceTrainer(options).Train(data.Dataset, progress, cancellationToken);
    }
}
