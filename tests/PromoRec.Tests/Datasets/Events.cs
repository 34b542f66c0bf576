using FsCheck;
using FsCheck.Fluent;
using PromoRec.Interactions;

namespace PromoRec.Tests.Datasets;

/// <summary>Events for tests: by hand, and generated so that users, items, times and event ids collide often.</summary>
internal static class Events
{
    public static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly InteractionKind[] Kinds =
        [InteractionKind.Purchase, InteractionKind.View, InteractionKind.Cart, InteractionKind.Dismiss, InteractionKind.Impression, InteractionKind.Redeem];

    public static DateTimeOffset Day(double day) => Start.AddDays(day);

    public static Interaction Of(UserId user, ItemId item, InteractionKind kind, DateTimeOffset at) => new(user, item, kind, at);

    public static Interaction Purchase(UserId user, ItemId item, double day = 0) => new(user, item, InteractionKind.Purchase, Day(day));

    /// <summary>Lists of up to some sixty events over few ids, so that everything happens: repeats, ties, unknown times, offers, conflicts.</summary>
    public static Arbitrary<Interaction[]> Lists { get; } = Arb.From(
        (from user in Gen.Elements("7", "10", "9", "käufer", "😀", "\uFFFD", "007")
         from item in Gen.Choose(0, 4)
         from offer in Gen.Choose(0, 5)
         from kind in Gen.Elements(Kinds)
         from value in Gen.Elements(1, 2, 0.1, 0.3, 1e-3, 3.7, 0, -1, 1e17, -1e17)
         from hours in Gen.Choose(-2, 40)
         from eventId in Gen.Choose(0, 30)
         select new Interaction(user, new ItemId(item), kind, hours < 0 ? default : Start.AddHours(hours * 7))
         {
             Item = item == 4 ? default : new ItemId(item),
             Offer = offer > 2 && item != 4 ? default : new OfferId(offer),
             Value = value,
             EventId = eventId > 20 ? null : $"e{eventId}",
         }).ArrayOf().Where(events => events.Length > 0));

    /// <summary>The same events in another order.</summary>
    public static Interaction[] Shuffled(IReadOnlyList<Interaction> events, int seed) =>
        [.. events.Select((interaction, place) => (interaction, key: (uint)(((place + 1) * 2654435761) ^ ((seed + 1L) * 40503)) * 2246822519)).OrderBy(pair => pair.key).Select(pair => pair.interaction)];
}
