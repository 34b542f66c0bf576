using FsCheck;
using FsCheck.Fluent;

namespace PromoRec.Tests.Ranking;

/// <summary>A random shop: small, so that ties, empty rankings and every exclusion are common.</summary>
internal sealed record RankScenario(
    Offer[] Offers,
    Item[] Items,
    Dictionary<ItemId, float[]> ItemVectors,
    Dictionary<UserId, float[]> UserVectors,
    HashSet<(UserId User, ItemId Item)> Likes,
    HashSet<(UserId User, ItemId Item)> Bought,
    HashSet<(UserId User, ItemId Item)> BoughtSince,
    HashSet<(UserId User, OfferId Offer)> Redeemed,
    HashSet<(UserId User, OfferId Offer)> RedeemedSince,
    HashSet<(UserId User, string Segment)> Members)
{
    /// <summary>Ids 0 to 3 are known to the model; 4 is a stranger.</summary>
    public static readonly UserId[] Users = [0, 1, 2, 3, 4];

    private static readonly ItemId[] KnownItems = [0, 1, 2, 3, 4, 5];
    private static readonly ItemId[] AnyItem = [.. KnownItems, "unheard-of"];
    private static readonly string[] Groups = ["red", "green", "empty"];
    private static readonly string[] Segments = ["vip", "staff"];

    public static Gen<RankScenario> Generator { get; } =
        from offers in Gen.ListOf(OfferOnItems())
        from items in Gen.ListOf(from categories in Gen.SubListOf(Groups[..2]) from brand in Gen.Elements(Groups[..2]) select (categories, brand), KnownItems.Length)
        from itemVectors in Gen.ListOf(Vector(), KnownItems.Length)
        from userVectors in Gen.ListOf(Vector(), 4)
        from likes in Gen.SubListOf(Pairs(Users[..4], KnownItems))
        from bought in Gen.SubListOf(Pairs(Users[..4], KnownItems))
        from boughtSince in Few(Pairs(Users, AnyItem))
        from redeemed in Few(OfferPairs(Users[..4]))
        from redeemedSince in Few(OfferPairs(Users))
        from members in Gen.SubListOf(Pairs(Users, Segments))
        select new RankScenario(
            [.. offers.Select((offer, at) => offer with { Id = OfferIdAt(at) })],
            [.. items.Select((item, at) => new Item { Id = KnownItems[at], Categories = [.. item.categories], Brand = item.brand })],
            KnownItems.Select((id, at) => (id, itemVectors[at])).ToDictionary(pair => pair.id, pair => pair.Item2),
            userVectors.Select((vector, at) => (Users[at], vector)).ToDictionary(pair => pair.Item1, pair => pair.vector),
            [.. likes],
            [.. bought],
            [.. boughtSince],
            [.. redeemed],
            [.. redeemedSince],
            [.. members]);

    public static Gen<RankRequest> Requests { get; } =
        from only in Gen.OneOf(Gen.Constant<IReadOnlySet<OfferId>?>(null), SomeOffers())
        from except in Gen.OneOf(Gen.Constant<IReadOnlySet<OfferId>?>(null), SomeOffers())
        from noShort in Gen.Elements(true, false)
        from hideRedeemed in Gen.Elements(true, false)
        from hidePurchased in Gen.Elements(true, false)
        select new RankRequest
        {
            Only = only,
            Except = except,
            Where = noShort ? offer => offer.Id.ToString().Length > 1 : null,
            HideRedeemed = hideRedeemed,
            HidePurchased = hidePurchased,
        };

    /// <summary>Numbers and texts, whose ordinal order is neither that of numbers nor that of positions.</summary>
    private static OfferId OfferIdAt(int at) => at % 3 == 0 ? at * 7 : $"{(char)('z' - (at % 5))}{at}";

    private static Gen<float[]> Vector() => from x in Gen.Choose(-1, 2) from y in Gen.Choose(-1, 2) select new float[] { x, y };

    private static Gen<Offer> OfferOnItems() =>
        from targets in Gen.NonEmptyListOf(Gen.OneOf(
            Gen.Elements(AnyItem).Select(OfferTarget.Item),
            Gen.Elements(AnyItem).Select(OfferTarget.Item),
            Gen.Elements(Groups).Select(OfferTarget.Category),
            Gen.Elements(Groups).Select(OfferTarget.Brand)))
        from start in Gen.Frequency((5, Gen.Constant(-100)), (1, Gen.Choose(-1, 1)))
        from end in Gen.Frequency((5, Gen.Constant(100)), (1, Gen.Choose(0, 2)))
        from segments in Gen.OneOf(Gen.Constant<string[]>([]), Gen.Constant<string[]>([]), Gen.SubListOf(Segments).Select(names => names.ToArray()))
        select new Offer
        {
            Id = default,
            Terms = OfferTerms.FreeShipping,
            Targets = [.. targets],
            ValidFrom = TestShop.Noon.AddTicks(start),
            ValidTo = TestShop.Noon.AddTicks(Math.Max(end, start + 1)),
            Segments = [.. segments],
        };

    private static Gen<IReadOnlySet<OfferId>?> SomeOffers() =>
        Gen.SubListOf(Enumerable.Range(0, 20).Select(OfferIdAt)).Select(ids => (IReadOnlySet<OfferId>?)ids.ToHashSet());

    private static Gen<IList<T>> Few<T>(T[] all) => Gen.ListOf(Gen.Elements(all)).Select(list => (IList<T>)[.. list.Take(5)]);

    private static (UserId User, OfferId Offer)[] OfferPairs(UserId[] users) =>
        Pairs(users, [.. Enumerable.Range(0, 8).Select(OfferIdAt)]);

    private static (TLeft, TRight)[] Pairs<TLeft, TRight>(TLeft[] left, TRight[] right) => [.. from one in left from other in right select (one, other)];
}
