using PromoRec.Models.Hybrid;

namespace PromoRec.Tests.Ranking;

/// <summary>Naming and scoring by two models, as plainly as it can be said.</summary>
internal static class HybridTwin
{
    private static readonly ItemId[] Items = [0, 1, 2, 3, 4, 5];

    /// <summary>Each model names its best offers with a score above zero; the terms of the named ones, over the largest of the catalog, are added up, and the list is filled up by id. In the order of scores; those of a stack are 0.</summary>
    /// <param name="scenario">The shop.</param>
    /// <param name="choice">The models.</param>
    /// <param name="user">A customer of whom something is known.</param>
    /// <param name="admitted">The offers that may be shown.</param>
    /// <param name="wanted">How many are wanted: no model names fewer.</param>
    public static (OfferId Id, float Score)[] Candidates(RankScenario scenario, HybridChoice choice, UserId user, Offer[] admitted, int wanted)
    {
        float[] weights = [(float)choice.First, 1];
        float[][] scores = Scores(scenario, choice, user, admitted);
        float[][] ofAll = Scores(scenario, choice, user, scenario.Offers);
        var terms = new Dictionary<OfferId, float[]>();
        for (int member = 0; member < 2; member++)
        {
            (OfferId Id, float Score)[] named = [.. admitted.Select((offer, at) => (offer.Id, scores[member][at]))
                .OrderByDescending(one => one.Item2).ThenBy(one => one.Id).Where(one => one.Item2 > 0).Take(Math.Max(choice.Quota, wanted))];
            for (int place = 0; place < named.Length; place++)
            {
                terms.TryAdd(named[place].Id, [0, 0]);
                terms[named[place].Id][member] = choice.Fusion == HybridFusion.ReciprocalRank ? weights[member] / (60 + place + 1) : 0;
            }
        }

        foreach (OfferId id in admitted.Select(offer => offer.Id).Order().Where(id => !terms.ContainsKey(id)).Take(Math.Max(0, wanted - terms.Count)).ToArray())
        {
            terms[id] = [0, 0];
        }

        if (choice.Fusion is HybridFusion.Weighted or HybridFusion.WeightedRoots)
        {
            foreach ((OfferId id, float[] own) in terms)
            {
                int at = Array.FindIndex(admitted, offer => offer.Id == id);
                for (int member = 0; member < 2; member++)
                {
                    float largest = ofAll[member].Max();
                    float normalised = largest > 0 ? Math.Clamp(scores[member][at] / largest, -1, 1) : 0;
                    own[member] = weights[member] * (choice.Fusion == HybridFusion.WeightedRoots ? MathF.CopySign(MathF.Sqrt(MathF.Abs(normalised)), normalised) : normalised);
                }
            }
        }

        return [.. terms.Select(pair => (pair.Key, pair.Value[0] + pair.Value[1])).OrderByDescending(pair => pair.Item2).ThenBy(pair => pair.Key)];
    }

    /// <summary>By factors, and by neighbours; β = 0 and small whole numbers, so that sums are exact in any order.</summary>
    public static float[][] Scores(RankScenario scenario, HybridChoice choice, UserId user, Offer[] offers)
    {
        float[] vector = scenario.UserVectors.GetValueOrDefault(user) ?? [0, 0];
        float als(ItemId item) => (vector[0] * scenario.ItemVectors[item][0]) + (vector[1] * scenario.ItemVectors[item][1]);
        float knn(ItemId item) => scenario.Likes.Where(like => like.User == user).Sum(like => choice.Weights[(Array.IndexOf(Items, like.Item) * Items.Length) + Array.IndexOf(Items, item)]);
        return [Array.ConvertAll(offers, offer => RankPipelineTwin.Items(scenario, offer).Sum(als)), Array.ConvertAll(offers, offer => RankPipelineTwin.Items(scenario, offer).Sum(knn))];
    }
}
