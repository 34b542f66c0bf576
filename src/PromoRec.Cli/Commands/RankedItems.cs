using PromoRec.Cli.Output;
using PromoRec.Models;

namespace PromoRec.Cli.Commands;

/// <summary>Ranks items, where no offers are given.</summary>
internal static class RankedItems
{
    private const int MaxReasons = 3;

    public static RankReport For(RecommendationModel model, UserId user, int count, bool keepConsumed, ReasonWording? wording)
    {
        RecommendedItems items = model.Recommend(user, count, keepConsumed);
        return new RankReport
        {
            User = user.ToString(),
            Tier = TierName.Of(items.Tier),
            TierReason = Why.NameOf(items.TierReason),
            ModelVersion = model.Manifest.Version,
            Excluded = null,
            Ranking = [.. items.Select(item => new RankedEntry
            {
                Item = item.Item.ToString(),
                Score = item.Score,
                Reasons = wording is null ? null : ReasonsFor(model, user, items.Tier, item, wording),
            })],
        };
    }

    private static ReasonEntry[] ReasonsFor(RecommendationModel model, UserId user, RankTier tier, ScoredItem item, ReasonWording wording) =>
        tier > RankTier.Popularity && model.Explain(user, item.Item) is { } explanation
            ? [.. explanation.Contributions.Where(c => c.Contribution > 0).Take(MaxReasons).Select(c => wording.EntryOf(new RankReason(KindOf(model, user, c.Item), c.Item, (float)c.Contribution)))]
            : [wording.EntryOf(new RankReason(RankReasonKind.Popular, default, item.Score))];

    private static RankReasonKind KindOf(RecommendationModel model, UserId user, ItemId item) =>
        model.HasConsumed(user, item) ? RankReasonKind.BecauseYouBought : RankReasonKind.BecauseYouLiked;
}
