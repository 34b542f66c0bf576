using PromoRec.Cli.Output;

namespace PromoRec.Cli.Commands;

/// <summary>Makes a report of why one offer has a place in a ranking, or has none.</summary>
internal static class Why
{
    public static WhyReport Of(UserId user, OfferExplanation explanation, ReasonWording wording) => new()
    {
        User = user.ToString(),
        Offer = explanation.OfferId.ToString(),
        Text = explanation.Offer?.Text,
        Stage = NameOf(explanation.Stage),
        Exclusion = NameOf(explanation.Exclusion),
        Limit = explanation.Limit is { } limit ? new LimitEntry(limit.Name, limit.Most) : null,
        Returned = explanation.Summary.Count,
        Tier = TierName.Of(explanation.Summary.Tier),
        TierReason = NameOf(explanation.Summary.TierReason),
        ModelVersion = explanation.Summary.ModelVersion,
        Place = explanation.Place,
        Score = explanation.Score,
        LastScore = explanation.LastScore,
        ExpectedValue = explanation.Summary.RankedBy == RankBy.ExpectedValue ? explanation.ExpectedValue : null,
        LastExpectedValue = explanation.Summary.RankedBy == RankBy.ExpectedValue ? explanation.LastExpectedValue : null,
        Deficit = explanation.Deficit,
        Probability = explanation.Probability,
        Sources = [.. explanation.Sources.Select(EntryOf)],
        Intercept = explanation.Intercept,
        Signals = explanation.Intercept is null ? null : explanation.Signals,
        Reasons = wording.EntriesOf(explanation.Reasons),
        PastItems = [.. explanation.PastItems.Select(item => new PastItemEntry(item.Item.ToString(), item.Contribution))],
    };

    public static string NameOf(RankTierReason reason) => reason switch
    {
        RankTierReason.NoModel => "no-model",
        RankTierReason.NothingKnown => "nothing-known",
        RankTierReason.HigherDidNotWin => "higher-did-not-win",
        _ => "highest",
    };

    private static SourceEntry EntryOf(SourceStanding source) => new()
    {
        Name = source.Name,
        Tier = TierName.Of(source.Tier),
        Answered = source.Answered,
        Weight = source.Weight,
        Score = source.Score,
        Rank = source.Rank,
        Quota = source.Quota,
        Named = source.Named,
        LastNamedScore = source.LastNamedScore,
        Normalised = source.Normalised,
        Term = source.Term,
    };

    private static string NameOf(OfferStage stage) => stage switch
    {
        OfferStage.Returned => "returned",
        OfferStage.Outscored => "outscored",
        OfferStage.Reranked => "reranked",
        OfferStage.NotNamed => "not-named",
        OfferStage.LeftOut => "left-out",
        _ => "not-in-catalog",
    };

    private static string? NameOf(OfferExclusion exclusion) => exclusion switch
    {
        OfferExclusion.None => null,
        OfferExclusion.NotValidNow => "notValidNow",
        OfferExclusion.NotInSegment => "notInSegment",
        OfferExclusion.Redeemed => "redeemed",
        OfferExclusion.Purchased => "purchased",
        OfferExclusion.OverCategoryLimit => "overCategoryLimit",
        OfferExclusion.OverBrandLimit => "overBrandLimit",
        OfferExclusion.OverQuota => "overQuota",
        _ => "notRequested",
    };
}
