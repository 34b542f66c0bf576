using PromoRec.Cli.Output;

namespace PromoRec.Cli.Commands;

/// <summary>Makes a report of a ranking of offers.</summary>
internal static class RankedOfferReport
{
    public static RankReport Of(UserId user, RankedOffers ranked, bool withReasons) => new()
    {
        User = user.ToString(),
        Tier = TierName.Of(ranked.Summary.Tier),
        ModelVersion = ranked.Summary.ModelVersion,
        Excluded = Excluded(ranked.Summary.Excluded),
        Ranking = [.. ranked.Select(offer => new RankedEntry
        {
            Offer = offer.Offer.Id.ToString(),
            Text = offer.Offer.Text,
            Score = offer.Score,
            Reasons = withReasons ? Reasons(offer.Reasons) : null,
        })],
    };

    private static Dictionary<string, int> Excluded(ExclusionCounts counts) => new()
    {
        ["notValidNow"] = counts.NotValidNow,
        ["notInSegment"] = counts.NotInSegment,
        ["redeemed"] = counts.Redeemed,
        ["purchased"] = counts.Purchased,
        ["notRequested"] = counts.NotRequested + counts.NotWhere,
    };

    private static ReasonEntry[] Reasons(RankReasons reasons)
    {
        var entries = new ReasonEntry[reasons.Count];
        for (int i = 0; i < entries.Length; i++)
        {
            RankReason reason = reasons[i];
            entries[i] = new ReasonEntry(NameOf(reason.Kind), reason.Item.IsEmpty ? null : reason.Item.ToString(), reason.Weight);
        }

        return entries;
    }

    private static string NameOf(RankReasonKind kind) => kind switch
    {
        RankReasonKind.BecauseYouLiked => "because-you-liked",
        RankReasonKind.Popular => "popular",
        RankReasonKind.EndingSoon => "ending-soon",
        RankReasonKind.BecauseYouBought => "because-you-bought",
        RankReasonKind.PeopleLikeYou => "people-like-you",
        RankReasonKind.MatchesYourInterest => "matches-your-interest",
        RankReasonKind.PopularInYourArea => "popular-in-your-area",
        RankReasonKind.New => "new",
        RankReasonKind.Signal => "signal",
        _ => "none",
    };
}
