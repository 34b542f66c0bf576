using PromoRec.Interactions;
using PromoRec.Models.CoOccurrence;
using PromoRec.Training.CoOccurrence;

namespace PromoRec.Tests.Training.CoOccurrence;

/// <summary>Rules by going through all pairs of all baskets.</summary>
internal static class PlainCoOccurrence
{
    private static readonly InteractionWeights Weights = new();

    public static Dictionary<(ItemId, ItemId), AssociationRule> Rules(Interaction[] events, HashSet<ItemId> items, CoOccurrenceOptions options)
    {
        DateTimeOffset asOf = events.Max(e => e.At);
        List<(double Weight, List<(ItemId Item, int Instant)> Entries)> baskets = [];
        foreach (IGrouping<UserId, Interaction> ofUser in events.Where(e => Weights[e.Kind].Weight * e.Value > 0 && items.Contains(e.Item)).GroupBy(e => e.User))
        {
            List<Interaction> basket = [];
            foreach (Interaction one in ofUser.OrderBy(e => e.At))
            {
                if (basket.Count > 0 && !(basket[^1].At == one.At || (basket[^1].At != default && one.At - basket[^1].At <= options.SessionGap)))
                {
                    Close(basket);
                }

                basket.Add(one);
            }

            Close(basket);
        }

        double total = baskets.Sum(each => each.Weight);
        Dictionary<(ItemId, ItemId), AssociationRule> rules = [];
        foreach (ItemId one in items)
        {
            foreach (ItemId other in items.Where(each => each != one))
            {
                var both = baskets.Where(basket => Has(basket.Entries, one) && Has(basket.Entries, other)).ToList();
                double weight = both.Sum(basket => basket.Weight * Math.Pow(options.DistanceDecay, Distance(basket.Entries, one, other) - 1));
                double ofOne = baskets.Where(basket => Has(basket.Entries, one)).Sum(basket => basket.Weight);
                double ofOther = baskets.Where(basket => Has(basket.Entries, other)).Sum(basket => basket.Weight);
                var rule = new AssociationRule(one, other, both.Count, weight / total, weight / ofOne, weight / ofOne / (ofOther / total));
                if (both.Count >= options.MinSupport && rule.Confidence >= options.MinConfidence && rule.Lift >= options.MinLift)
                {
                    rules.Add((one, other), rule);
                }
            }
        }

        return rules;

        void Close(List<Interaction> basket)
        {
            if (basket.Count > 0 && basket.Select(e => e.Item).Distinct().Count() <= options.MaxBasketItems)
            {
                List<DateTimeOffset> instants = [.. basket.Select(e => e.At).Distinct().Order()];
                double age = basket[^1].At == default ? 0 : (asOf - basket[^1].At).TotalDays;
                baskets.Add((options.HalfLife is { } halfLife ? Math.Pow(2, -age / halfLife.TotalDays) : 1, [.. basket.Select(e => (e.Item, instants.IndexOf(e.At)))]));
            }

            basket.Clear();
        }
    }

    private static bool Has(List<(ItemId Item, int Instant)> entries, ItemId item) => entries.Any(entry => entry.Item == item);

    private static int Distance(List<(ItemId Item, int Instant)> entries, ItemId one, ItemId other) =>
        Math.Max(1, entries.Where(entry => entry.Item == one).Min(x => entries.Where(entry => entry.Item == other).Min(y => Math.Abs(x.Instant - y.Instant))));
}
