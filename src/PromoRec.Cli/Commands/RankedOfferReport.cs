using PromoRec.Cli.Output;

namespace PromoRec.Cli.Commands;

/// <summary>Makes a report of a ranking of offers.</summary>
internal static class RankedOfferReport
{
    /// <param name="user">The customer.</param>
    /// <param name="ranked">The ranking.</param>
    /// <param name="wording">Says reasons; null where none are wanted.</param>
    public static RankReport Of(UserId user, RankedOffers ranked, ReasonWording? wording) => new()
    {
        User = user.ToString(),
        Tier = TierName.Of(ranked.Summary.Tier),
        TierReason = Why.NameOf(ranked.Summary.TierReason),
        ModelVersion = ranked.Summary.ModelVersion,
        Excluded = Excluded(ranked.Summary.Excluded),
        Ranking = [.. ranked.Select(offer => new RankedEntry
        {
            Offer = offer.Offer.Id.ToString(),
            Text = offer.Offer.Text,
            Score = offer.Score,
            Probability = offer.Probability,
            Sources = offer.Sources.Count > 0 ? offer.Sources.ToArray() : null,
            Reasons = wording?.EntriesOf(offer.Reasons),
        })],
    };

    private static Dictionary<string, int> Excluded(ExclusionCounts counts) => new()
    {
        ["notValidNow"] = counts.NotValidNow,
        ["notInSegment"] = counts.NotInSegment,
        ["redeemed"] = counts.Redeemed,
        ["purchased"] = counts.Purchased,
        ["notRequested"] = counts.NotRequested + counts.NotWhere,
        ["overCategoryLimit"] = counts.OverCategoryLimit,
        ["overBrandLimit"] = counts.OverBrandLimit,
    };
}
