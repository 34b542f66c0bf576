namespace PromoRec.Tests.Ranking;

/// <summary>The whole ranking, written as plainly as it can be said: sets, sorting, and no precomputation.</summary>
internal static class RankPipelineTwin
{
    /// <summary>What the ranker should answer: ids in order, and exclusions.</summary>
    public static (string Order, RankTier Tier, ExclusionCounts Excluded) Rank(RankScenario scenario, UserId user, RankRequest request, int count)
    {
        ExclusionCounts excluded = default;
        var left = new List<(string Id, float Score)>();
        float[] vector = scenario.UserVectors.GetValueOrDefault(user) ?? [0, 0];
        bool known = vector.Any(factor => factor != 0);
        RankTier tier = known ? RankTier.Als : scenario.Offers.Any(offer => Popularity(scenario, offer) > 0) ? RankTier.Popularity : RankTier.Rules;
        foreach (Offer offer in scenario.Offers)
        {
            bool redeemed = scenario.Redeemed.Contains((user, offer.Id)) || scenario.RedeemedSince.Contains((user, offer.Id));
            bool bought(ItemId item) => scenario.Bought.Contains((user, item)) || scenario.BoughtSince.Contains((user, item));
            if (offer.ValidFrom > TestShop.Noon || offer.ValidTo <= TestShop.Noon)
            {
                excluded = excluded with { NotValidNow = excluded.NotValidNow + 1 };
            }
            else if (offer.Segments.Count > 0 && !offer.Segments.Any(segment => scenario.Members.Contains((user, segment))))
            {
                excluded = excluded with { NotInSegment = excluded.NotInSegment + 1 };
            }
            else if ((request.Only is not null && !request.Only.Contains(offer.Id)) || (request.Except is not null && request.Except.Contains(offer.Id)))
            {
                excluded = excluded with { NotRequested = excluded.NotRequested + 1 };
            }
            else if (request.HideRedeemed && redeemed)
            {
                excluded = excluded with { Redeemed = excluded.Redeemed + 1 };
            }
            else if (request.HidePurchased && offer.Targets.All(target => target.Kind == OfferTargetKind.Item && bought(target.ItemId)))
            {
                excluded = excluded with { Purchased = excluded.Purchased + 1 };
            }
            else if (request.Where is not null && !request.Where(offer))
            {
                excluded = excluded with { NotWhere = excluded.NotWhere + 1 };
            }
            else
            {
                left.Add((offer.Id.ToString(), known ? Affinity(scenario, vector, offer) : Popularity(scenario, offer)));
            }
        }

        string order = string.Join(' ', left.OrderByDescending(offer => offer.Score).ThenBy(offer => offer.Id, StringComparer.Ordinal).Take(count).Select(offer => $"{offer.Id}:{offer.Score}"));
        return (order, tier, excluded);
    }

    /// <summary>β = 0 and small whole numbers, so that sums are exact in any order.</summary>
    private static float Affinity(RankScenario scenario, float[] vector, Offer offer) =>
        Items(scenario, offer).Sum(item => (vector[0] * scenario.ItemVectors[item][0]) + (vector[1] * scenario.ItemVectors[item][1]));

    private static float Popularity(RankScenario scenario, Offer offer) =>
        Items(scenario, offer).Sum(item => scenario.Likes.Count(like => like.Item == item));

    public static IEnumerable<ItemId> Items(RankScenario scenario, Offer offer) => scenario.ItemVectors.Keys.Where(item =>
        offer.Targets.Any(target => target.Kind switch
        {
            OfferTargetKind.Item => target.ItemId == item,
            OfferTargetKind.Category => scenario.Items.Any(one => one.Id == item && one.Categories.Contains(target.Name)),
            _ => scenario.Items.Any(one => one.Id == item && one.Brand == target.Name),
        }));
}
