using PromoRec.Datasets;
using PromoRec.Interactions;

namespace PromoRec.Tests.Datasets;

/// <summary>The dataset builder once more, with dictionaries and LINQ only: slow, and short enough to be seen to be right.</summary>
internal sealed class PlainBuilder
{
    public PlainBuilder(IReadOnlyList<Interaction> added, DatasetOptions options)
    {
        List<Interaction> distinct = [.. added.Where(e => e.EventId is null)];
        foreach (IGrouping<string?, Interaction> sameId in added.Where(e => e.EventId is not null).GroupBy(e => e.EventId))
        {
            var contents = sameId.Distinct().Order(Comparer<Interaction>.Create(CompareContent)).ToList();
            distinct.Add(contents[^1]);
            Conflicts += contents.Count > 1 ? 1 : 0;
        }

        Duplicates = added.Count - distinct.Count;
        DateTimeOffset asOf = options.AsOf ?? distinct.Max(e => e.At);
        var known = distinct.Where(e => (options.KnownItems is null || e.Item.IsEmpty || options.KnownItems.Contains(e.Item)) && (options.KnownOffers is null || e.Offer.IsEmpty || options.KnownOffers.Contains(e.Offer))).ToList();
        Orphans = distinct.Count - known.Count;
        var past = known.Where(e => e.At == default || e.At <= asOf).ToList();
        Future = known.Count - past.Count;

        foreach (IGrouping<(UserId User, ItemId Item), Interaction> pair in past.Where(e => !e.Item.IsEmpty).GroupBy(e => (e.User, e.Item)))
        {
            var terms = pair.Where(e => options.Weights[e.Kind].Weight != 0).Select(e => (e.At.UtcTicks, Term: Weigh(e, options, asOf))).Order().ToList();
            if (terms.Count > 0)
            {
                double value = options.Aggregation switch
                {
                    ValueAggregation.Sum => terms.SkipLast(1).Aggregate(terms[^1].Term, (sum, term) => sum + term.Term),
                    ValueAggregation.Max => terms.Max(term => term.Term),
                    _ => terms[^1].Term,
                };
                if ((float)value != 0)
                {
                    Values.Add(pair.Key, (float)value);
                    LastDays.Add(pair.Key, (int)(terms[^1].UtcTicks / TimeSpan.TicksPerDay));
                }
            }
        }

        foreach (Interaction e in past.Where(e => (e.Kind == InteractionKind.Purchase || e.Kind == InteractionKind.Redeem) && e.Value >= 0))
        {
            _ = e.Item.IsEmpty || ConsumedItems.Add((e.User, e.Item));
            _ = e.Offer.IsEmpty || ConsumedOffers.Add((e.User, e.Offer));
        }
    }

    public Dictionary<(UserId User, ItemId Item), float> Values { get; } = [];

    /// <summary>The day of the latest event behind each value, or 0.</summary>
    public Dictionary<(UserId User, ItemId Item), int> LastDays { get; } = [];

    public HashSet<(UserId User, ItemId Item)> ConsumedItems { get; } = [];

    public HashSet<(UserId User, OfferId Offer)> ConsumedOffers { get; } = [];

    public long Duplicates { get; }

    public long Conflicts { get; }

    public long Orphans { get; }

    public long Future { get; }

    private static double Weigh(Interaction e, DatasetOptions options, DateTimeOffset asOf)
    {
        InteractionWeight weight = options.Weights[e.Kind];
        double value = Math.Clamp(e.Value, -(options.MaxValue ?? double.MaxValue), options.MaxValue ?? double.MaxValue) * weight.Weight;
        return e.At == default ? value : value * weight.DecayAt(asOf - e.At);
    }

    private static int CompareContent(Interaction x, Interaction y) =>
        (x.At.UtcTicks, x.Kind.Name, x.Value, x.User, x.Item, x.Offer).CompareTo((y.At.UtcTicks, y.Kind.Name, y.Value, y.User, y.Item, y.Offer));
}
