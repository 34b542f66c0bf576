using PromoRec.Numerics;

namespace PromoRec.Testing.Simulation;

/// <summary>The campaigns and their offers.</summary>
internal sealed class OfferWorld
{
    /// <summary>Days that a campaign lasts, unless the simulation is over before.</summary>
    private const int CampaignDays = 14;

    /// <summary>The segments that some offers are for.</summary>
    public static readonly string[] Segments = ["member", "vip", "new"];

    private readonly ShopWorld _shop;
    private readonly OfferPlan[] _offers;

    public OfferWorld(ShopWorld shop)
    {
        _shop = shop;
        Campaigns = shop.Options.Campaigns!.Value;
        PerCampaign = shop.Options.OffersPerCampaign;
        _offers = new OfferPlan[Campaigns * PerCampaign];
        SeededRandom random = RandomStream.Offers(shop.Options.Seed);
        for (int number = 0; number < _offers.Length; number++)
        {
            _offers[number] = Draw(ref random, number);
        }
    }

    public int Count => _offers.Length;

    public int Campaigns { get; }

    public int PerCampaign { get; }

    public OfferPlan this[int number] => _offers[number];

    public (long From, long To) CampaignWindow(int campaign)
    {
        long days = _shop.Options.Days;
        long from = campaign * days / Campaigns;
        return (from * ShopClock.DayMs, Math.Min(from + CampaignDays, days) * ShopClock.DayMs);
    }

    /// <summary>Fills a list with the offers that stay valid for at least an hour after any moment of an hour.</summary>
    public void ListActive(long hour, List<int> active)
    {
        active.Clear();
        foreach (OfferPlan offer in _offers)
        {
            if (offer.ValidFrom <= hour * ShopClock.HourMs && offer.ValidTo >= (hour + 2) * ShopClock.HourMs)
            {
                active.Add(offer.Number);
            }
        }
    }

    /// <summary>An item that a customer buys with an offer.</summary>
    public int DrawItem(ref SeededRandom random, int customer, OfferPlan offer)
    {
        int target = offer.Targets.Length > 0 ? offer.Targets[random.NextInt32(offer.Targets.Length)] : 0;
        return offer.TargetKind switch
        {
            OfferTargetKind.Item => target,
            OfferTargetKind.Category => _shop.Customers.DrawInCategory(ref random, customer, target),
            OfferTargetKind.Brand => _shop.Items.DrawOfBrand(ref random, target),
            _ => _shop.Customers.DrawByTaste(ref random, customer),
        };
    }

    private OfferPlan Draw(ref SeededRandom random, int number)
    {
        int campaign = number / PerCampaign;
        (long from, long to) = CampaignWindow(campaign);

        // Some start up to three days later and some end up to three days earlier, in whole days.
        long days = (to - from) / ShopClock.DayMs;
        long slack = Math.Min(3, (days - 1) / 2);
        from += random.NextInt32((int)slack + 1) * ShopClock.DayMs;
        to -= random.NextInt32((int)slack + 1) * ShopClock.DayMs;

        var form = (OfferForm)(number % 9);
        double depth = 0.1 + (0.05 * random.NextInt32(9));
        (OfferTargetKind kind, int[] targets) = DrawTargets(ref random, form);
        double price = UsualPrice(kind, targets);
        double minimumSpend = Math.Ceiling(price * (2 + random.NextInt32(3)));
        double saved = Math.Max(Math.Round(price * depth, 2), 0.01);
        OfferTerms terms = form switch
        {
            OfferForm.CashOff => OfferTerms.CashOff((decimal)saved),
            OfferForm.PercentOff => OfferTerms.PercentOff((decimal)Math.Round(depth * 100)),
            OfferForm.SpendThreshold => OfferTerms.SpendThreshold((decimal)Math.Max(Math.Round(minimumSpend * depth, 2), 0.01)),
            OfferForm.TimeLimitedPrice => OfferTerms.TimeLimitedPrice((decimal)Math.Max(Math.Round(price - saved, 2), 0)),
            OfferForm.BuyAndGet => OfferTerms.BuyAndGet(depth < 0.3 ? 3 : 1 + (depth < 0.45 ? 1 : 0), 1),
            OfferForm.Bundle => OfferTerms.Bundle((decimal)Math.Max(Math.Round(price - saved, 2), 0)),
            OfferForm.Member => OfferTerms.Member((decimal)Math.Round(depth * 100)),
            OfferForm.Points => OfferTerms.Points((int)Math.Max(Math.Round(price * depth * 100), 1)),
            _ => OfferTerms.FreeShipping,
        };

        double budgetDraw = random.NextDouble();
        double budgetShare = 0.01 + (0.04 * random.NextDouble());
        double segmentDraw = random.NextDouble();
        int segment = random.NextInt32(Segments.Length);
        bool needsSpend = form is OfferForm.SpendThreshold or OfferForm.FreeShipping || (form == OfferForm.Points && kind == OfferTargetKind.WholeShop);
        return new OfferPlan
        {
            Number = number,
            Campaign = campaign,
            Terms = terms,
            TargetKind = kind,
            Targets = targets,
            Depth = form switch
            {
                OfferForm.BuyAndGet => 1.0 / (terms.BuyQuantity + terms.GetQuantity),
                OfferForm.FreeShipping => 0.1,
                _ => depth,
            },
            BaseMass = BaseMass(kind, targets),
            ValidFrom = from,
            ValidTo = to,
            MinimumSpend = needsSpend ? (decimal)minimumSpend : null,
            Budget = budgetDraw < 0.3 ? (int)Math.Max(5, Math.Round(_shop.Options.Customers * budgetShare)) : null,
            Segment = form == OfferForm.Member ? "member" : segmentDraw < 0.1 ? Segments[segment] : null,
        };
    }

    private (OfferTargetKind Kind, int[] Targets) DrawTargets(ref SeededRandom random, OfferForm form)
    {
        ItemWorld items = _shop.Items;
        int choice = random.NextInt32(3);
        OfferTargetKind kind = form switch
        {
            OfferForm.TimeLimitedPrice or OfferForm.Bundle => OfferTargetKind.Item,
            OfferForm.FreeShipping => OfferTargetKind.WholeShop,
            OfferForm.CashOff or OfferForm.BuyAndGet => choice switch { 0 => OfferTargetKind.Brand, 1 => OfferTargetKind.Category, _ => OfferTargetKind.Item },
            OfferForm.SpendThreshold or OfferForm.Points => choice switch { 0 => OfferTargetKind.Brand, 1 => OfferTargetKind.WholeShop, _ => OfferTargetKind.Category },
            _ => choice == 0 ? OfferTargetKind.Brand : OfferTargetKind.Category,
        };
        switch (kind)
        {
            case OfferTargetKind.Category:
                return (kind, [random.NextInt32(items.Categories)]);
            case OfferTargetKind.Brand:
                // A brand without any item, which only a tiny shop has, gives way to the brand of an item.
                int brand = random.NextInt32(items.Brands);
                int fallback = items.Brand(items.Draw(ref random));
                return (kind, [items.BrandCellStart[brand + 1] > items.BrandCellStart[brand] ? brand : fallback]);
            case OfferTargetKind.Item:
                int wanted = form == OfferForm.Bundle ? 2 + (choice & 1) : 1;
                var chosen = new SortedSet<int>();
                for (int attempt = 0; attempt < 20 && chosen.Count < wanted; attempt++)
                {
                    chosen.Add(items.Draw(ref random));
                }

                return (kind, [.. chosen]);
            default:
                return (kind, []);
        }
    }

    private double UsualPrice(OfferTargetKind kind, int[] targets)
    {
        ItemWorld items = _shop.Items;
        return kind switch
        {
            OfferTargetKind.Item => Math.Round(targets.Sum(items.Price), 2),
            OfferTargetKind.Category => targets.Average(category => items.MedianPrices[category]),
            OfferTargetKind.Brand => items.MedianPrices[items.BrandCells[items.BrandCellStart[targets[0]]].Cell / ItemWorld.Tiers],
            _ => items.MedianPrices.Average(),
        };
    }

    private double BaseMass(OfferTargetKind kind, int[] targets)
    {
        ItemWorld items = _shop.Items;
        return kind switch
        {
            OfferTargetKind.Item => targets.Sum(items.Popularity),
            OfferTargetKind.Category => targets.Sum(category => items.CategoryMass[category]),
            OfferTargetKind.Brand => targets.Sum(brand => items.BrandCells[items.BrandCellStart[brand]..items.BrandCellStart[brand + 1]].Sum(cell => cell.Share * items.CellMass[cell.Cell])),
            _ => 1,
        };
    }
}
