using System.CommandLine;
using System.CommandLine.Parsing;
using PromoRec.Cli.Output;
using PromoRec.Training.Interest;
using PromoRec.Training.Repeat;

namespace PromoRec.Cli.Commands;

/// <summary>Options of commands that train a model: which family, and the options of each.</summary>
internal sealed class TrainingCommandOptions
{
    private const string Als = "als";
    private const string ItemKnn = "item-knn";
    private const string UserKnn = "user-knn";
    private const string Ease = "ease";
    private const string Popularity = "popularity";
    private const string CoOccurrence = "co-occurrence";
    private const string Content = "content";
    private const string Interest = "interest";
    private const string Repeat = "repeat";
    private const string Hybrid = "hybrid";

    private readonly Option<Named<string>> _algorithm = OptionFactory.Choice(
        "--algorithm",
        "What to train",
        Als,
        [new(Als, Als), new(ItemKnn, ItemKnn), new(UserKnn, UserKnn), new(Ease, Ease), new(Popularity, Popularity), new(CoOccurrence, CoOccurrence), new(Content, Content), new(Interest, Interest), new(Repeat, Repeat), new(Hybrid, Hybrid), .. RatingCommandOptions.Algorithms.Select(name => new Named<string>(name, name)), .. LinearAlgorithm.All]);

    private readonly Option<double> _regularization = OptionFactory.Real(
        "--regularization", "als, ease, svd, svdpp: weight of the squared norms; 500 unless set with ease, 0.02 with svd and svdpp", 0.01, 0, includingLeast: false);

    private readonly Option<int> _threads = OptionFactory.Integer("--threads", "Threads; 0 for one a processor. The result does not depend on it", 0, 0, 1024);
    private readonly Option<int> _minSupport = OptionFactory.Integer("--min-support", "popularity: fewest customers who have an item; co-occurrence: fewest baskets with both, 2 unless set", 1, 1, 1_000_000);
    private readonly AlsCommandOptions _als = new();
    private readonly KnnCommandOptions _knn = new();
    private readonly EaseCommandOptions _ease = new();
    private readonly PopularityCommandOptions _popularity = new();
    private readonly CoOccurrenceCommandOptions _coOccurrence = new();
    private readonly ContentCommandOptions _content = new();
    private readonly HybridCommandOptions _hybrid = new();
    private readonly RatingCommandOptions _ratings;
    private readonly LinearCommandOptions _linear = new();

    public TrainingCommandOptions() => _ratings = new RatingCommandOptions(_als, _knn, _regularization);

    private IEnumerable<Option> All => [_algorithm, _regularization, _minSupport, .. _als.All, .. _knn.All, .. _ease.All, .. _ratings.All, .. _linear.All, .. _popularity.All, .. _coOccurrence.All, .. _content.All, .. _hybrid.All];

    public void AddTo(Command command)
    {
        foreach (Option option in All.Append(_threads))
        {
            command.Options.Add(option);
        }
    }

    public int Threads(ParseResult parsed) => parsed.GetValue(_threads);

    /// <summary>What is to be trained.</summary>
    public string Algorithm(ParseResult parsed) => parsed.GetRequiredValue(_algorithm).Value;

    /// <summary>Whether it learns from ratings and predicts them.</summary>
    public bool LearnsRatings(ParseResult parsed) => RatingCommandOptions.Algorithms.Contains(Algorithm(parsed));

    /// <summary>Whether the family learns from the single events with their times.</summary>
    public bool NeedsEvents(ParseResult parsed) => Algorithm(parsed) is Popularity or CoOccurrence or Hybrid;

    /// <summary>Whether a hybrid learns from offers that customers took.</summary>
    public bool IsStacked(ParseResult parsed) => Algorithm(parsed) == Hybrid && _hybrid.IsStacked(parsed);

    /// <summary>Whether the family learns from what the shop says about its items.</summary>
    public bool UsesItems(ParseResult parsed) => Algorithm(parsed) is Popularity or Content or Interest or Hybrid;

    /// <summary>Whether the family learns from the segments of customers.</summary>
    public bool UsesCustomers(ParseResult parsed) => Algorithm(parsed) is Popularity or Hybrid;

    /// <summary>Tells which files the family does not use.</summary>
    public void SayUseless(ParseResult parsed, CatalogOptions catalog, ProgressLine progress) =>
        catalog.SayUseless(parsed, UsesItems(parsed), UsesCustomers(parsed), $"{Algorithm(parsed)} does", progress);

    /// <summary>Turns faulty options of a trainer into a fault of the command line.</summary>
    /// <exception cref="UsageException">The options have faults.</exception>
    public static void Check(Action validate)
    {
        try
        {
            validate();
        }
        catch (ArgumentException fault)
        {
            throw new UsageException(ApiWords.Of(fault.Message));
        }
    }

    /// <summary>Whether one of these options was given, so that a command that does not train can refuse it.</summary>
    public Option? FirstGiven(ParseResult parsed) => All.FirstOrDefault(option => OptionFactory.IsGiven(parsed, option));

    /// <summary>What trains a model as the options say.</summary>
    /// <exception cref="UsageException">Values do not fit together, or an option is of another family.</exception>
    public ModelTrainer Read(ParseResult parsed, TrainingSources sources)
    {
        RefuseLinear(parsed);
        string algorithm = Algorithm(parsed);
        RefuseOthers(parsed, algorithm, algorithm switch
        {
            Als => [_regularization, .. _als.All],
            Ease => [_regularization, .. _ease.All],
            ItemKnn or UserKnn => _knn.All,
            Popularity => [_minSupport, .. _popularity.All],
            CoOccurrence => [_minSupport, .. _coOccurrence.All],
            Content => _content.All,
            Interest or Repeat => [],
            Hybrid => [_regularization, _minSupport, .. _als.All, .. _knn.All, .. _popularity.All, .. _coOccurrence.All, .. _content.All, .. _hybrid.All],
            _ => _ratings.Of(algorithm),
        });
        return algorithm == Hybrid ? _hybrid.Read(parsed, sources, member => ReadOne(parsed, member, sources)) : ReadOne(parsed, algorithm, sources);
    }

    private ModelTrainer ReadOne(ParseResult parsed, string algorithm, TrainingSources sources)
    {
        double? regularization = OptionFactory.IsGiven(parsed, _regularization) ? parsed.GetValue(_regularization) : null;
        int? minSupport = OptionFactory.IsGiven(parsed, _minSupport) ? parsed.GetValue(_minSupport) : null;
        return algorithm switch
        {
            Als => _als.Read(parsed, regularization, Threads(parsed)),
            Ease => _ease.Read(parsed, regularization, Threads(parsed)),
            ItemKnn or UserKnn => _knn.Read(parsed, algorithm == ItemKnn, Threads(parsed)),
            Popularity => _popularity.Read(parsed, minSupport, sources),
            CoOccurrence => _coOccurrence.Read(parsed, minSupport, sources, Threads(parsed)),
            Content => _content.Read(parsed, sources),
            Interest => InterestTraining(sources),
            Repeat => (data, progress, cancellationToken) => new RepeatTrainer().Train(data.Dataset, progress, cancellationToken),
            _ => _ratings.Read(parsed, algorithm, Threads(parsed)),
        };
    }

    private static ModelTrainer InterestTraining(TrainingSources sources)
    {
        if (!sources.HasItems)
        {
            throw new UsageException("--algorithm interest learns which categories and brands customers buy from. Name the items file with --items FILE.");
        }

        List<Item> items = sources.ReadItems();
        return (data, progress, cancellationToken) => new InterestTrainer().Train(data.Dataset, items, progress, cancellationToken);
    }

    /// <summary>Whether the algorithm learns from examples with a label, and not from interactions.</summary>
    public bool IsLinear(ParseResult parsed) => LinearAlgorithm.Is(Algorithm(parsed));

    /// <exception cref="UsageException">The algorithm learns from examples, which the command does not read.</exception>
    public void RefuseLinear(ParseResult parsed)
    {
        if (IsLinear(parsed))
        {
            throw new UsageException($"{_algorithm.Name} {Algorithm(parsed)} learns from examples with a label: use 'promorec fit --examples FILE', then 'promorec evaluate --model FILE'.");
        }
    }

    /// <summary>The same before all options are read.</summary>
    public bool IsLinear(CommandResult result) => result.GetResult(_algorithm)?.Tokens.Any(token => LinearAlgorithm.Is(token.Value)) == true;

    /// <summary>What learns a linear model as the options say.</summary>
    /// <exception cref="UsageException">Values do not fit together, or an option is of another family.</exception>
    public LinearTraining ReadLinear(ParseResult parsed)
    {
        RefuseOthers(parsed, Algorithm(parsed), _linear.All);
        return _linear.Read(parsed, Algorithm(parsed), Threads(parsed));
    }

    private void RefuseOthers(ParseResult parsed, string algorithm, IEnumerable<Option> own)
    {
        if (All.Except(own.Append(_algorithm)).FirstOrDefault(option => OptionFactory.IsGiven(parsed, option)) is { } other)
        {
            throw new UsageException($"{other.Name} has no effect with {_algorithm.Name} {algorithm}. Leave it out.");
        }
    }
}
