using System.CommandLine;
using PromoRec.Datasets;
using PromoRec.Interactions;

namespace PromoRec.Cli.Commands;

/// <summary>Options that divide one file of ratings into those to learn from and those to predict.</summary>
internal sealed class RatingSplitOptions
{
    private readonly Option<int> _folds = OptionFactory.Integer("--folds", "Ratings: divide the training file at random into N parts, and predict each from the others", 5, 2, 100);
    private readonly Option<double> _holdout = OptionFactory.Real("--holdout", "Ratings: predict the last of the training file from those before: this share of them, below 1", 0.2, 0, includingLeast: false);
    private readonly Option<ulong> _seed = OptionFactory.Seed(name: "--fold-seed", description: "Ratings: seed of the folds");

    public IReadOnlyList<Option> All => [_folds, _holdout, _seed];

    public void AddTo(Command command)
    {
        foreach (Option option in All)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The one of these options that was given.</summary>
    public Option? FirstGiven(ParseResult parsed) => All.FirstOrDefault(option => OptionFactory.IsGiven(parsed, option));

    /// <exception cref="UsageException">The options contradict each other.</exception>
    public IReadOnlyList<InteractionSplit> Divide(ParseResult parsed, IReadOnlyList<Interaction> ratings)
    {
        bool folds = OptionFactory.IsGiven(parsed, _folds);
        bool holdout = OptionFactory.IsGiven(parsed, _holdout);
        if (folds == holdout)
        {
            throw new UsageException($"either {_folds.Name} or {_holdout.Name} is needed, and not both.");
        }

        double share = parsed.GetValue(_holdout);
        return folds ? InteractionSplit.Folds(ratings, parsed.GetValue(_folds), parsed.GetValue(_seed))
            : share < 1 ? [InteractionSplit.ByTimeFraction(ratings, share)]
            : throw new UsageException($"{_holdout.Name} must be above 0 and below 1, but is {share}.");
    }
}
