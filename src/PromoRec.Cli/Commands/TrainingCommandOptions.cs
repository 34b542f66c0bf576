using System.CommandLine;

namespace PromoRec.Cli.Commands;

/// <summary>Options of commands that train a model: which family, and the options of each.</summary>
internal sealed class TrainingCommandOptions
{
    private const string Als = "als";
    private const string ItemKnn = "item-knn";
    private const string UserKnn = "user-knn";
    private const string Ease = "ease";

    private readonly Option<Named<string>> _algorithm = OptionFactory.Choice(
        "--algorithm", "What to train", Als, new(Als, Als), new(ItemKnn, ItemKnn), new(UserKnn, UserKnn), new(Ease, Ease));

    private readonly Option<double> _regularization = OptionFactory.Real("--regularization", "als, ease: weight of the squared norms; 500 unless set with ease", 0.01, 0, includingLeast: false);
    private readonly Option<int> _threads = OptionFactory.Integer("--threads", "Threads; 0 for one a processor. The result does not depend on it", 0, 0, 1024);
    private readonly AlsCommandOptions _als = new();
    private readonly KnnCommandOptions _knn = new();
    private readonly EaseCommandOptions _ease = new();

    private IEnumerable<Option> All => [_algorithm, _regularization, .. _als.All, .. _knn.All, .. _ease.All];

    public void AddTo(Command command)
    {
        foreach (Option option in All.Append(_threads))
        {
            command.Options.Add(option);
        }
    }

    public int Threads(ParseResult parsed) => parsed.GetValue(_threads);

    /// <summary>Whether one of these options was given, so that a command that does not train can refuse it.</summary>
    public Option? FirstGiven(ParseResult parsed) => All.FirstOrDefault(option => OptionFactory.IsGiven(parsed, option));

    /// <summary>What trains a model as the options say.</summary>
    /// <exception cref="UsageException">Values do not fit together, or an option is of another family.</exception>
    public ModelTrainer Read(ParseResult parsed)
    {
        string algorithm = parsed.GetRequiredValue(_algorithm).Value;
        IEnumerable<Option> own = algorithm switch
        {
            Als => [_algorithm, _regularization, .. _als.All],
            Ease => [_algorithm, _regularization, .. _ease.All],
            _ => [_algorithm, .. _knn.All],
        };
        if (All.Except(own).FirstOrDefault(option => OptionFactory.IsGiven(parsed, option)) is { } other)
        {
            throw new UsageException($"{other.Name} has no effect with {_algorithm.Name} {algorithm}. Leave it out.");
        }

        double? regularization = OptionFactory.IsGiven(parsed, _regularization) ? parsed.GetValue(_regularization) : null;
        return algorithm switch
        {
            Als => _als.Read(parsed, regularization, Threads(parsed)),
            Ease => _ease.Read(parsed, regularization, Threads(parsed)),
            _ => _knn.Read(parsed, algorithm == ItemKnn, Threads(parsed)),
        };
    }
}
