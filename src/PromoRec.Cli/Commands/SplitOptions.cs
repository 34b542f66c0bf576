using System.CommandLine;
using PromoRec.Datasets;
using PromoRec.Interactions;

namespace PromoRec.Cli.Commands;

/// <summary>Options that say which part of a file is held out: its last, or any.</summary>
internal sealed class SplitOptions
{
    private readonly Option<Named<bool>> _split = OptionFactory.Choice("--split", "What is held out: the last of the file, or some of it drawn at random, where it has no times", false, new("time", false), new("random", true));
    private readonly Option<ulong> _seed = OptionFactory.Seed(name: "--split-seed", description: "Seed of --split random");

    public IReadOnlyList<Option> All => [_split, _seed];

    /// <summary>The one of these options that was given.</summary>
    public Option? FirstGiven(ParseResult parsed) => All.FirstOrDefault(option => OptionFactory.IsGiven(parsed, option));

    public bool IsRandom(ParseResult parsed) => parsed.GetRequiredValue(_split).Value;

    /// <summary>What divides interactions, of which a share is held out.</summary>
    /// <exception cref="UsageException">There is a seed, but nothing is drawn.</exception>
    public Func<List<Interaction>, double, InteractionSplit> Read(ParseResult parsed)
    {
        if (!IsRandom(parsed))
        {
            return OptionFactory.IsGiven(parsed, _seed)
                ? throw new UsageException($"{_seed.Name} has no effect without {_split.Name} random. Leave it out.")
                : (interactions, share) => InteractionSplit.ByTimeFraction(interactions, share);
        }

        ulong seed = parsed.GetValue(_seed);
        return (interactions, share) => InteractionSplit.Random(interactions, share, seed);
    }
}
