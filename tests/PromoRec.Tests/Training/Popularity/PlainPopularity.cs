using PromoRec.Interactions;
using PromoRec.Training.Popularity;

namespace PromoRec.Tests.Training.Popularity;

/// <summary>Popularity by the formulas, over plain lists: slow, and with nothing in common with the trainer.</summary>
internal sealed class PlainPopularity(Interaction[] events, Item[] catalog, ICustomerDirectory customers, PopularityOptions options)
{
    private static readonly InteractionWeights Weights = new();

    private readonly ItemId[] _items = [.. events.GroupBy(e => (e.User, e.Item)).Where(pair => Value(pair) != 0).Select(pair => pair.Key.Item)
        .Concat(events.Where(e => e.Kind == InteractionKind.Purchase && e.Value >= 0).Select(e => e.Item)).Distinct()];

    private readonly DateTimeOffset _asOf = events.Max(e => e.At);

    public double Share(ItemId item, string? segment)
    {
        if (Support(item) < options.MinSupport)
        {
            return 0;
        }

        double k = options.ItemPriorStrength * _items.Length;
        double total = _items.Sum(i => Count(i, null, options.HalfLife, false));
        double prior = Categories(item).Average(c => ((Sum(c, null, options.HalfLife, false) / Size(c)) + (k / _items.Length)) / (total + k));
        double whole = (Count(item, null, options.HalfLife, false) + (k * prior)) / (total + k);
        double own = _items.Sum(i => Count(i, segment, options.HalfLife, false));
        return segment is null ? whole : (Count(item, segment, options.HalfLife, false) + (options.SegmentPriorStrength * whole)) / (own + options.SegmentPriorStrength);
    }

    public double Trend(ItemId item, string? segment)
    {
        if (Support(item) < options.MinSupport)
        {
            return 0;
        }

        double k = options.TrendPriorStrength;
        double days = (_asOf - events.Where(e => e.At != default).Min(e => e.At)).TotalDays;
        double ratio = Window(options.RecentHalfLife.TotalDays, days) / Window(options.UsualHalfLife.TotalDays, days);
        double all = _items.Sum(i => Count(i, null, options.RecentHalfLife, true)) / (ratio * _items.Sum(i => Count(i, null, options.UsualHalfLife, true)));
        double category = Categories(item).Average(c => (Sum(c, null, options.RecentHalfLife, true) + (k * all)) / ((ratio * Sum(c, null, options.UsualHalfLife, true)) + k));
        double whole = Drawn(item, null, category);
        return segment is null ? whole : Drawn(item, segment, whole);

        double Drawn(ItemId i, string? s, double parent) => (Count(i, s, options.RecentHalfLife, true) + (k * parent)) / ((ratio * Count(i, s, options.UsualHalfLife, true)) + k);
    }

    /// <summary>The mean age-discounted length of a window, by summing over small steps.</summary>
    private static double Window(double halfLife, double days)
    {
        const int Steps = 200_000;
        double sum = 0;
        for (int i = 0; i < Steps; i++)
        {
            sum += Math.Pow(2, -(i + 0.5) * days / Steps / halfLife) * days / Steps;
        }

        return sum;
    }

    private int Support(ItemId item) => events.Where(e => e.Item == item).GroupBy(e => e.User).Count(pair => Value(pair) > 0);

    private double Count(ItemId item, string? segment, TimeSpan? halfLife, bool onlyTimed)
    {
        IEnumerable<IGrouping<UserId, Interaction>> pairs = events
            .Where(e => e.Item == item && (segment is null || customers.IsInSegment(e.User, segment)))
            .GroupBy(e => e.User);
        double sum = pairs.Sum(pair =>
        {
            Interaction[] timed = [.. pair.Where(e => !onlyTimed || e.At != default)];
            return options.Counting == PopularityCounting.Events ? timed.Sum(e => Weight(e) * Decay(e, halfLife))
                : Value(pair) > 0 ? timed.Where(e => Weight(e) > 0).Select(e => Decay(e, halfLife)).DefaultIfEmpty(0).Max()
                : 0;
        });
        return Math.Max(0, sum);
    }

    private double Sum(string category, string? segment, TimeSpan? halfLife, bool onlyTimed) =>
        _items.Where(i => Categories(i).Contains(category)).Sum(i => Count(i, segment, halfLife, onlyTimed) / Categories(i).Length);

    private double Size(string category) => _items.Where(i => Categories(i).Contains(category)).Sum(i => 1.0 / Categories(i).Length);

    private string[] Categories(ItemId item) => catalog.FirstOrDefault(each => each.Id == item) is { Categories.Count: > 0 } known ? [.. known.Categories.Distinct()] : ["(none)"];

    private double Decay(Interaction e, TimeSpan? halfLife) => halfLife is null || e.At == default ? 1 : Math.Pow(2, -((_asOf - e.At) / halfLife.Value));

    private static double Weight(Interaction e) => Weights[e.Kind].Weight * e.Value;

    private static double Value(IEnumerable<Interaction> pair) => (float)pair.Sum(Weight);
}
