using System.CommandLine;
using PromoRec.Ranking.Reranking;

namespace PromoRec.Cli.Commands;

/// <summary>What else decides about places beside the score, as far as it can be said on a command line.</summary>
internal sealed class RerankCommandOptions
{
    private static readonly RerankingOptions Unset = new();

    private readonly Option<double> _diversity = OptionFactory.Real("--diversity", "How far likeness to the offers above is held against an offer, 0 to 1", Unset.Diversity, 0, includingLeast: true);
    private readonly Option<int> _maxPerCategory = OptionFactory.Integer("--max-per-category", "Most offers of one category; 0 for no limit", Unset.MaxPerCategory, 0, RankRequest.MaxCount);
    private readonly Option<int> _maxPerBrand = OptionFactory.Integer("--max-per-brand", "Most offers of one brand; 0 for no limit", Unset.MaxPerBrand, 0, RankRequest.MaxCount);
    private readonly Option<double> _marginWeight = OptionFactory.Real("--margin-weight", "Share of the offer's margin in what decides, 0 to 1", Unset.MarginWeight, 0, includingLeast: true);
    private readonly Option<double> _popularityDamping = OptionFactory.Real("--popularity-damping", "How far popularity is held against an offer, 0 to 1", Unset.PopularityDamping, 0, includingLeast: true);

    public IReadOnlyList<Option> All => [_diversity, _maxPerCategory, _maxPerBrand, _marginWeight, _popularityDamping];

    /// <summary>What was asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="offers">The offers that are ranked.</param>
    /// <exception cref="UsageException">A value is out of range, or no offer says what it looks at.</exception>
    public RerankingOptions Read(ParseResult parsed, IReadOnlyList<Offer> offers)
    {
        if (parsed.GetValue(_marginWeight) > 0 && offers.All(offer => offer.Margin is null))
        {
            throw new UsageException($"{_marginWeight.Name} has no effect, because no offer has a margin. Give the offers file a column 'margin', or leave it out.");
        }

        return new RerankingOptions
        {
            Diversity = Share(parsed, _diversity),
            MaxPerCategory = parsed.GetValue(_maxPerCategory),
            MaxPerBrand = parsed.GetValue(_maxPerBrand),
            MarginWeight = Share(parsed, _marginWeight),
            PopularityDamping = Share(parsed, _popularityDamping),
        };
    }

    private static double Share(ParseResult parsed, Option<double> option) =>
        parsed.GetValue(option) is <= 1 and double share ? share : throw new UsageException(FormattableString.Invariant($"{option.Name} must be from 0 to 1, but is {parsed.GetValue(option)}."));
}
