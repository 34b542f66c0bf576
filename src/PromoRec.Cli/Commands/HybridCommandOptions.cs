using System.CommandLine;
using PromoRec.Cli.Output;
using PromoRec.Models.Hybrid;
using PromoRec.Tuning;

namespace PromoRec.Cli.Commands;

/// <summary>Options of commands that train hybrids.</summary>
internal sealed class HybridCommandOptions
{
    private const double StackedShare = 0.3;

    private static readonly HybridOptions Unset = new();
    private static readonly string[] Known = ["als", "item-knn", "user-knn", "ease", "repeat", "interest", "content", "co-occurrence", "popularity"];

    private readonly Option<string?> _members = OptionFactory.Text(
        "--members", "A,B,...", $"hybrid: what it is made of, of {string.Join(", ", Known)}; als, item-knn, repeat and popularity unless set, and with --items interest and content");

    private readonly Option<Named<HybridFusion>> _fusion = OptionFactory.Choice(
        "--fusion",
        "hybrid: how the scores of its members become one: by their weighted sum, by that of their square roots, by their places, or by what is learnt from offers that customers took, which needs --offers",
        Unset.Fusion,
        new("weighted", HybridFusion.Weighted),
        new("weighted-roots", HybridFusion.WeightedRoots),
        new("reciprocal-rank", HybridFusion.ReciprocalRank),
        new("stacked", HybridFusion.Stacked));

    private readonly Option<double> _validation = OptionFactory.Real(
        "--validation",
        FormattableString.Invariant($"hybrid: share of the events on which its members are weighed, {StackedShare} unless set with stacked: the latest, or drawn at random where none has a time; below 1"),
        Unset.ValidationShare,
        0,
        includingLeast: false);

    private readonly Option<int> _trials = OptionFactory.Integer("--trials", "hybrid: weights to try at random", Unset.Trials, 0, 100_000);
    private readonly Option<int> _occasions = OptionFactory.Integer("--occasions", "hybrid, stacked: moments to learn from, of which the last judges; members are trained for each of them", 4, 2, 50);

    private readonly Option<bool> _repeats = OptionFactory.Flag("--repeats", "hybrid: weigh members by what customers take again, too, where the same things are bought again");

    public IReadOnlyList<Option> All => [_members, _fusion, _validation, _trials, _occasions, _repeats];

    /// <summary>The option that says how scores become one.</summary>
    public Option Fusion => _fusion;

    /// <summary>Whether it is learnt from offers how scores become one.</summary>
    public bool IsStacked(ParseResult parsed) => parsed.GetRequiredValue(_fusion).Value == HybridFusion.Stacked;

    /// <param name="parsed">The command line.</param>
    /// <param name="sources">Files beside the interactions.</param>
    /// <param name="readMember">What trains a member.</param>
    /// <exception cref="UsageException">A member is unknown, or is there twice; or an option is of another fusion.</exception>
    public ModelTrainer Read(ParseResult parsed, TrainingSources sources, Func<string, ModelTrainer> readMember)
    {
        string[] names = parsed.GetValue(_members) is { } given ? Split(given) : ["als", "item-knn", "repeat", "popularity", .. sources.HasItems ? ["interest", "content"] : Array.Empty<string>()];
        bool stacks = IsStacked(parsed);
        double share = stacks && !OptionFactory.IsGiven(parsed, _validation) ? StackedShare : parsed.GetValue(_validation);
        HybridOptions options = new()
        {
            Fusion = stacks ? Unset.Fusion : parsed.GetRequiredValue(_fusion).Value,
            ValidationShare = share,
            Trials = parsed.GetValue(_trials),
            RankSeenItems = parsed.GetValue(_repeats),
        };
        TrainingCommandOptions.Check(options.Validate);
        Option other = stacks ? _trials : _occasions;
        if (OptionFactory.IsGiven(parsed, other))
        {
            throw new UsageException($"{other.Name} has no effect with {_fusion.Name} {parsed.GetRequiredValue(_fusion).Name}. Leave it out.");
        }

        (string Name, ModelTrainer Train)[] members = Array.ConvertAll(names, name => (name, readMember(name)));
        if (stacks)
        {
            OfferSource offers = sources.Offers(sources) ?? throw new UsageException($"{_fusion.Name} stacked learns from offers that customers took, and there are none. {sources.WithoutOffers}.");
            return new StackedHybrid(members, offers, share, parsed.GetValue(_occasions), options.RankSeenItems).Train;
        }

        return (data, progress, cancellationToken) =>
        {
            HybridRecipe[] recipes = Array.ConvertAll(members, member => new HybridRecipe(member.Name, (part, stop) =>
            {
                progress.Begin(member.Name);
                return member.Train(data with { Dataset = part, Interactions = null }, progress, stop);
            }));
            HybridOutcome outcome = new HybridTrainer(options).Train(data.Dataset, recipes, cancellationToken);
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
