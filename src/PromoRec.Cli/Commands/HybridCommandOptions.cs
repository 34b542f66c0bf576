using System.CommandLine;
using PromoRec.Cli.Output;
using PromoRec.Models.Hybrid;
using PromoRec.Tuning;

namespace PromoRec.Cli.Commands;

/// <summary>Options of commands that train hybrids.</summary>
internal sealed class HybridCommandOptions
{
    private static readonly HybridOptions Unset = new();
    private static readonly string[] Known = ["als", "item-knn", "user-knn", "ease", "repeat", "interest", "content", "co-occurrence", "popularity"];

    private readonly Option<string?> _members = OptionFactory.Text(
        "--members", "A,B,...", $"hybrid: what it is made of, of {string.Join(", ", Known)}; als, item-knn, repeat and popularity unless set, and with --items interest and content");

    private readonly Option<double> _validation = OptionFactory.Real("--validation", "hybrid: share of the events on which its members are weighed: the latest, or drawn at random where none has a time; below 1", Unset.ValidationShare, 0, includingLeast: false);
    private readonly Option<int> _trials = OptionFactory.Integer("--trials", "hybrid: weights to try at random", Unset.Trials, 0, 100_000);

    private readonly Option<bool> _repeats = OptionFactory.Flag("--repeats", "hybrid: weigh members by what customers take again, too, where the same things are bought again");

    public IReadOnlyList<Option> All => [_members, _validation, _trials, _repeats];

    /// <param name="parsed">The command line.</param>
    /// <param name="sources">Files beside the interactions.</param>
    /// <param name="readMember">What trains a member.</param>
    /// <exception cref="UsageException">A member is unknown, or is there twice.</exception>
    public ModelTrainer Read(ParseResult parsed, TrainingSources sources, Func<string, ModelTrainer> readMember)
    {
        string[] names = parsed.GetValue(_members) is { } given ? Split(given) : ["als", "item-knn", "repeat", "popularity", .. sources.HasItems ? ["interest", "content"] : Array.Empty<string>()];
        HybridOptions options = new() { ValidationShare = parsed.GetValue(_validation), Trials = parsed.GetValue(_trials), RankSeenItems = parsed.GetValue(_repeats) };
        TrainingCommandOptions.Check(options.Validate);
        (string Name, ModelTrainer Train)[] members = Array.ConvertAll(names, name => (name, readMember(name)));
        return (dataset, progress, cancellationToken) =>
        {
            HybridRecipe[] recipes = Array.ConvertAll(members, member => new HybridRecipe(member.Name, (part, stop) =>
            {
                progress.Begin(member.Name);
                return member.Train(part, progress, stop);
            }));
            HybridOutcome outcome = new HybridTrainer(options).Train(dataset, recipes, cancellationToken);
            progress.Joined(HybridReport.Of(outcome, names, options.Metric.ToString()));
            return outcome.Model;
        };
    }

    private string[] Split(string given)
    {
        string[] names = given.Split(',', StringSplitOptions.TrimEntries);
        foreach (string name in names)
        {
            if (!Known.Contains(name))
            {
                throw new UsageException($"{_members.Name} must name some of {string.Join(", ", Known)}, but names '{name}'.");
            }

            if (names.Count(other => other == name) > 1)
            {
                throw new UsageException($"{_members.Name} names '{name}' more than once.");
            }
        }

        return names.Length <= HybridModel.MaxMembers ? names : throw new UsageException($"{_members.Name} names {names.Length} members, and {HybridModel.MaxMembers} are the most.");
    }
}
