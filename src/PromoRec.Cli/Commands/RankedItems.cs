using PromoRec.Cli.Output;
using PromoRec.Models;

namespace PromoRec.Cli.Commands;

/// <summary>Ranks items, where no offers are given.</summary>
internal static class RankedItems
{
    private const int MaxReasons = 3;

    public static RankReport For(RecommendationModel model, UserId user, int count, bool keepConsumed, bool withReasons)
    {
        RecommendedItems items = model.Recommend(user, count, keepConsumed);
        return new RankReport
        {
            User = user.ToString(),
            Tier = TierName.Of(items.Tier),
            ModelVersion = model.Manifest.Version,
            Excluded = null,
            Ranking = [.. items.Select(item => new RankedEntry
            {
                Item = item.Item.ToString(),
                Score = item.Score,
                Reasons = withReasons ? ReasonsFor(model, user, item) : null,
            })],
        };
    }

    private static ReasonEntry[] ReasonsFor(RecommendationModel model, UserId user, ScoredItem item) =>
        model.Explain(user, item.Item) is { } explanation
            ? [.. explanation.Contributions.Where(c => c.Contribution > 0).Take(MaxReasons).Select(c => new ReasonEntry("because-you-liked", c.Item.ToString(), c.Contribution))]
            : [new ReasonEntry("popular", null, item.Score)];
}
