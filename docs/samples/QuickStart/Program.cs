using Microsoft.Extensions.DependencyInjection;
using PromoRec;
using PromoRec.Datasets;
using PromoRec.Interactions;
using PromoRec.Models;
using PromoRec.Ranking;
using PromoRec.Training.ImplicitAls;

// What the shop sells, and its offers. An offer aims at items, categories, brands or the whole shop.
Item[] items =
[
    new() { Id = "espresso", Categories = ["coffee"] },
    new() { Id = "grinder", Categories = ["coffee"] },
    new() { Id = "filters", Categories = ["coffee"] },
    new() { Id = "dog-food", Categories = ["pets"] },
    new() { Id = "leash", Categories = ["pets"] },
    new() { Id = "seeds", Categories = ["garden"] },
    new() { Id = "spade", Categories = ["garden"] },
];
Offer[] offers =
[
    new() { Id = "coffee-week", Terms = OfferTerms.PercentOff(20), Targets = [OfferTarget.Category("coffee")] },
    new() { Id = "good-dog", Terms = OfferTerms.BuyAndGet(2, 1), Targets = [OfferTarget.Category("pets")] },
    new() { Id = "spring", Terms = OfferTerms.CashOff(5), Targets = [OfferTarget.Item("seeds"), OfferTarget.Item("spade")] },
    new() { Id = "free-delivery", Terms = OfferTerms.FreeShipping },
];

// PromoRec lives in the host's container.
ServiceCollection services = new();
services.AddPromoRec()
    .UseOfferCatalog(new InMemoryOfferCatalog(new CatalogSnapshot(offers, items)))
    .UseInMemoryInteractionLog();
await using ServiceProvider provider = services.BuildServiceProvider();

// Feed it what customers do.
IInteractionLog log = provider.GetRequiredService<IInteractionLog>();
DateTimeOffset monday = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
(string Customer, string[] Bought)[] baskets =
[
    ("ann", ["espresso", "filters"]),
    ("bea", ["espresso", "grinder", "filters"]),
    ("cem", ["grinder", "filters"]),
    ("dan", ["dog-food"]),
    ("eva", ["dog-food", "leash"]),
    ("fay", ["seeds", "spade"]),
    ("gus", ["seeds", "spade", "leash"]),
];
foreach ((string customer, string[] bought) in baskets)
{
    await log.AppendAsync([.. bought.Select(item => new Interaction(customer, new ItemId(item), InteractionKind.Purchase, monday))]);
}

// Learn from it, and put the model into use.
DatasetBuilder builder = new();
await builder.AddRangeAsync(log.ReadAsync());
FactorModel model = new ImplicitAlsTrainer(new ImplicitAlsOptions { Factors = 8 }).Train(builder.Build());
provider.GetRequiredService<LiveModel>().Publish(model);

// Ask which offers each customer should see, and why. "zoe" is new.
IOfferRanker ranker = provider.GetRequiredService<IOfferRanker>();
foreach (string customer in (string[])["ann", "dan", "zoe"])
{
    RankedOffers ranking = ranker.Rank(customer, new RankRequest { Count = 2 });
    Console.WriteLine($"{customer} ({ranking.Summary.Tier})");
    foreach (RankedOffer ranked in ranking)
    {
        string reason = ranked.Reasons.Count == 0 ? "no reason" : $"{ranked.Reasons[0].Kind} {ranked.Reasons[0].Item}";
        Console.WriteLine($"  {ranked.Offer.Id}: {reason.TrimEnd()}");
    }
}
