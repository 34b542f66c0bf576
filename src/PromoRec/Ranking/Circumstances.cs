using PromoRec.Datasets.Features;
using PromoRec.Models;
using PromoRec.Models.Hybrid;
using PromoRec.Numerics;
using PromoRec.Scoring;

namespace PromoRec.Ranking;

/// <summary>What a stack looks at in one request beside scores and offers: when the customer last took what an offer aims at, whether it suits their prices, and the context. Lies in the scratch of the request.</summary>
internal readonly ref struct Circumstances
{
    private readonly OfferTraits _traits;
    private readonly RankContext? _context;
    private readonly ReadOnlySpan<int> _lastDays;
    private readonly ReadOnlySpan<int> _inBasket;
    private readonly int _today;
    private readonly int _lastDay;
    private readonly float _priceLevel;

    private Circumstances(OfferTraits traits, RankContext? context, ReadOnlySpan<int> lastDays, int lastDay, ReadOnlySpan<int> inBasket, int today, float priceLevel)
    {
        _traits = traits;
        _context = context;
        _lastDays = lastDays;
        _lastDay = lastDay;
        _inBasket = inBasket;
        _today = today;
        _priceLevel = priceLevel;
    }

    /// <summary>Whether the host said anything about the moment.</summary>
    public bool HasContext => _context is not null;

    /// <summary>Days since the customer did anything; NaN where no time is known.</summary>
    public double DaysSinceAnything => Since(_lastDay);

    /// <param name="traits">What is known of the offers, for the model of the customer.</param>
    /// <param name="customer">The customer.</param>
    /// <param name="context">What the host says of the moment, or null.</param>
    /// <param name="nowTicks">The instant of the request in UTC.</param>
    /// <param name="scratch">Takes what is found.</param>
    /// <param name="needed">What is looked for; the rest counts as not known.</param>
    public static Circumstances Of(OfferTraits traits, in CustomerView customer, RankContext? context, long nowTicks, RankScratch scratch, CircumstanceKinds needed = CircumstanceKinds.All)
    {
        // Not by HasFlag, which allocates until the just-in-time compiler has come round to it.
        int lastDay = 0;
        Span<int> lastDays = (needed & CircumstanceKinds.Days) != 0 ? LastDays(traits, customer, scratch, out lastDay) : [];
        Span<int> inBasket = (needed & CircumstanceKinds.Basket) != 0 && context is { Basket.Count: > 0 } ? InBasket(traits, customer.Model!, context.Basket, scratch) : [];
        float priceLevel = (needed & CircumstanceKinds.Prices) != 0 ? traits.Prices.OfCustomer(customer.Known.Items, customer.Known.Values) : float.NaN;
        return new Circumstances(traits, context, lastDays, lastDay, inBasket, (int)(nowTicks / TimeSpan.TicksPerDay), priceLevel);
    }

    /// <summary>Days since the customer did something with what an offer aims at; NaN where they did not, or no time is known.</summary>
    public double DaysSinceTarget(int row) => _lastDays.IsEmpty ? double.NaN : Since(_lastDays[_traits.Sets.SetOf[row]]);

    /// <summary>How much dearer for their kind the offer's items are than what the customer buys, as a logarithm; NaN where that is not known.</summary>
    public double PriceFit(int row) => _traits.Prices.OfOffer(row) - _priceLevel;

    /// <summary>1 where an offer, not one for the whole shop, aims at something in the basket, and 0 where it does not.</summary>
    public double AimsAtBasket(int row) => !_inBasket.IsEmpty && _inBasket[_traits.Sets.SetOf[row]] > 0 && !_traits.IsForWholeShop(row) ? 1 : 0;

    /// <summary>What the basket is worth, as a share of what the offer asks for; NaN where it asks for nothing, or the worth is not known.</summary>
    public double BasketReach(int row) => _context?.BasketValue is { } worth && _traits.MinimumSpendOf(row) is > 0 and { } needed ? (double)worth / needed : double.NaN;

    /// <summary>Sets the fields that say something about an offer in these circumstances.</summary>
    public void Fill(int row, FeatureValues values)
    {
        Set(values, StackingSchema.PriceFit, PriceFit(row));
        Set(values, StackingSchema.DaysSinceTarget, DaysSinceTarget(row));
        Set(values, StackingSchema.DaysSinceAnything, DaysSinceAnything);
        Set(values, StackingSchema.BasketReach, BasketReach(row));
        values.Set(StackingSchema.AimsAtBasket, AimsAtBasket(row));
        FillContext(values);
    }

    /// <summary>Sets the fields that are the same for all offers.</summary>
    public void FillContext(FeatureValues values)
    {
        if (_context is not { } context)
        {
            return;
        }

        if (context.LocalTime is { } time)
        {
            values.Set(StackingSchema.Hour, time.Hour).Set(StackingSchema.Weekday, StackingSchema.Weekdays[(int)time.DayOfWeek]);
        }

        Set(values, StackingSchema.Device, context.Device);
        Set(values, StackingSchema.Page, context.Page);
        Set(values, StackingSchema.Location, context.Location);
    }

    /// <summary>For each target set the day on which the customer last did something with it; 0 where none is known.</summary>
    private static Span<int> LastDays(OfferTraits traits, in CustomerView customer, RankScratch scratch, out int lastDay)
    {
        RecommendationModel model = customer.Model!;
        CsrMatrix setsOf = traits.Sets.ByItem;
        Span<int> lastDays = scratch.LastDays(traits.Sets.Count);
        lastDay = 0;
        int userRow = customer.Known.Row;
        if (userRow >= 0 && userRow < model.History.ByUser.Rows)
        {
            ReadOnlySpan<int> days = model.History.LastDaysOf(userRow);
            ReadOnlySpan<int> items = days.IsEmpty ? [] : model.History.ByUser.ColumnsOf(userRow);
            for (int i = 0; i < items.Length; i++)
            {
                Note(setsOf, items[i], days[i], lastDays, ref lastDay);
            }
        }

        foreach ((ItemId item, int day) in customer.Activity is { } activity ? activity.LastDays : [])
        {
            if (model.Items.TryGetRow(item.Value, out int row))
            {
                Note(setsOf, row, day, lastDays, ref lastDay);
            }
        }

        return lastDays;
    }

    /// <summary>For each target set the number of its items in the basket.</summary>
    private static Span<int> InBasket(OfferTraits traits, RecommendationModel model, IReadOnlyList<ItemId> basket, RankScratch scratch)
    {
        Span<int> inBasket = scratch.InBasket(traits.Sets.Count);
        for (int i = 0; i < basket.Count; i++)
        {
            if (model.Items.TryGetRow(basket[i].Value, out int row))
            {
                foreach (int set in traits.Sets.ByItem.ColumnsOf(row))
                {
                    inBasket[set]++;
                }
            }
        }

        return inBasket;
    }

    private static void Note(CsrMatrix setsOf, int item, int day, Span<int> lastDays, ref int lastDay)
    {
        lastDay = Math.Max(lastDay, day);
        foreach (int set in day > 0 ? setsOf.ColumnsOf(item) : [])
        {
            lastDays[set] = Math.Max(lastDays[set], day);
        }
    }

    private static void Set(FeatureValues values, string name, double number)
    {
        if (!double.IsNaN(number))
        {
            values.Set(name, number);
        }
    }

    private static void Set(FeatureValues values, string name, string? text)
    {
        if (text is not null)
        {
            values.Set(name, text);
        }
    }

    /// <summary>An event of the future counts as one of today.</summary>
    private double Since(int day) => day > 0 ? Math.Max(0, _today - day) : double.NaN;
}
