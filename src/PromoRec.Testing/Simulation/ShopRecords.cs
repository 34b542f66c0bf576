using System.Globalization;

namespace PromoRec.Testing.Simulation;

/// <summary>Makes the public records of a shop from its arrays.</summary>
internal sealed class ShopRecords(ShopWorld shop)
{
    public SimulatedItem Item(int number)
    {
        ItemWorld items = shop.Items;
        string brand = ShopWords.Brand(items.Brand(number));
        return new SimulatedItem
        {
            Number = number,
            Item = new Item
            {
                Id = ShopIds.Item(number),
                Categories = [ShopWords.Category(items.Category(number))],
                Brand = brand,
                Price = Math.Round((decimal)items.Price(number), 2),
                Text = ShopWords.Title(number, items.Category(number), items.Tier(number), brand),
            },
            Tier = (ItemTier)items.Tier(number),
            Popularity = items.Popularity(number),
            Dearness = items.Dearness(number),
        };
    }

    public SimulatedCustomer Customer(int number)
    {
        CustomerTraits traits = shop.Customers.Traits(number);
        return new SimulatedCustomer
        {
            Number = number,
            Id = ShopIds.Customer(number),
            Taste = shop.Customers.Taste(number),
            CategoryShares = [.. Enumerable.Range(0, shop.Items.Categories).Select(category => shop.Customers.CategoryShare(number, category))],
            TierBoosts = [.. shop.Customers.TierBoost(number).ToArray().Select(static boost => (double)boost)],
            Favourites = shop.Customers.FavouritesOf(number).ToArray(),
            Loyalty = traits.Loyalty,
            PriceSensitivity = traits.PriceSensitivity,
            SessionsPerDay = traits.SessionsPerDay,
            TimeZone = ZoneRules.Id(traits.Zone),
            ActiveFromHour = ShopClock.WindowStart(traits.Profile),
            ActiveHours = ShopClock.WindowLength(traits.Profile),
            JoinedAt = shop.Clock.At(traits.JoinsAt),
            ChurnsAt = traits.ChurnsAt == CustomerWorld.Never ? null : shop.Clock.At(traits.ChurnsAt),
            Consents = [.. Enum.GetValues<SimulatedChannel>().Where(channel => traits.Consents(channel))],
            ChannelTastes = [traits.App, traits.Email, traits.Sms],
            Responsiveness = traits.Responsiveness,
            OptOutTendency = traits.OptOutTendency,
            Segments = [.. OfferWorld.Segments.Where(segment => traits.IsIn(segment))],
        };
    }

    public SimulatedCampaign Campaign(int number)
    {
        (long from, long to) = shop.Offers.CampaignWindow(number);
        return new SimulatedCampaign
        {
            Id = ShopIds.Campaign(number),
            Start = shop.Clock.At(from),
            End = shop.Clock.At(to),
            Offers = [.. Enumerable.Range(number * shop.Offers.PerCampaign, shop.Offers.PerCampaign)],
        };
    }

    public Offer Offer(int number)
    {
        OfferPlan plan = shop.Offers[number];
        OfferTarget[] targets = plan.TargetKind switch
        {
            OfferTargetKind.Item => [.. plan.Targets.Select(static item => OfferTarget.Item(ShopIds.Item(item)))],
            OfferTargetKind.Category => [.. plan.Targets.Select(static category => OfferTarget.Category(ShopWords.Category(category)))],
            OfferTargetKind.Brand => [.. plan.Targets.Select(static brand => OfferTarget.Brand(ShopWords.Brand(brand)))],
            _ => [OfferTarget.WholeShop],
        };
        string aim = plan.TargetKind switch
        {
            OfferTargetKind.Item => string.Join(" + ", plan.Targets.Select(item => Item(item).Item.Text)),
            OfferTargetKind.WholeShop => "everything",
            _ => string.Join(" + ", targets.Select(static target => target.Name)),
        };
        return new Offer
        {
            Id = ShopIds.Offer(number),
            Terms = plan.Terms,
            Targets = targets,
            ValidFrom = shop.Clock.At(plan.ValidFrom),
            ValidTo = shop.Clock.At(plan.ValidTo),
            MinimumSpend = plan.MinimumSpend,
            Budget = plan.Budget,
            Segments = plan.Segment is null ? [] : [plan.Segment],
            Text = OfferText(plan.Terms, aim),
        };
    }

    private static string OfferText(OfferTerms terms, string aim) => terms.Form switch
    {
        OfferForm.CashOff => string.Create(CultureInfo.InvariantCulture, $"{terms.Value} off {aim}"),
        OfferForm.PercentOff => string.Create(CultureInfo.InvariantCulture, $"{terms.Value}% off {aim}"),
        OfferForm.SpendThreshold => string.Create(CultureInfo.InvariantCulture, $"{terms.Value} off a large basket of {aim}"),
        OfferForm.TimeLimitedPrice => string.Create(CultureInfo.InvariantCulture, $"{aim} for {terms.Value}"),
        OfferForm.BuyAndGet => string.Create(CultureInfo.InvariantCulture, $"Buy {terms.BuyQuantity}, get {terms.GetQuantity} free: {aim}"),
        OfferForm.Bundle => string.Create(CultureInfo.InvariantCulture, $"{aim}, together {terms.Value}"),
        OfferForm.Member => string.Create(CultureInfo.InvariantCulture, $"Members: {terms.Value}% off {aim}"),
        OfferForm.Points => string.Create(CultureInfo.InvariantCulture, $"{terms.Value} points on {aim}"),
        _ => $"Free delivery of {aim}",
    };
}
