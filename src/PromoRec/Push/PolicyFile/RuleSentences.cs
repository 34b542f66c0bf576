using System.Globalization;
using PromoRec.Push.Calendar;
using PromoRec.Push.Cooldown;
using PromoRec.Push.Duplicate;
using PromoRec.Push.FrequencyCap;
using PromoRec.Push.MinimumGap;
using PromoRec.Push.MinimumScore;
using PromoRec.Push.Offers;
using PromoRec.Push.OptOut;
using PromoRec.Push.Snooze;

namespace PromoRec.Push.PolicyFile;

/// <summary>One sentence for each rule.</summary>
internal static class RuleSentences
{
    public static string Of(OptOutOptions optOut) =>
        $"A customer who has left a topic gets nothing of it or of topics below it{(optOut.IncludesTransactional ? ", transactional messages included" : " but transactional messages")}.";

    public static string Of(SnoozeOptions snooze) =>
        $"During a pause that a customer has asked for, promotions {(snooze.Action == SnoozeAction.Defer ? "wait for its end" : "are dropped")}.";

    public static string OfLimits(OfferLimitOptions offers) =>
        $"An offer is not pushed to a customer who could not have it then, because of its validity, hours, segments, area or budgets; the shop's calendar is that of {offers.ShopZone}.";

    public static string OfHeadroom(OfferLimitOptions offers)
    {
        string over = offers.Overbook > 0 ? $" and {Percent(offers.Overbook)} more" : string.Empty;
        return $"An offer is not pushed when the pushes of {Phrases.Count(offers.AnswerDays, "day", "days")}, of which {Percent(offers.RedemptionRate)} are expected to be redeemed, would take all that is left of a budget{over}.";
    }

    public static string Of(MinimumScoreOptions score) =>
        string.Create(CultureInfo.InvariantCulture, $"A promotion{Phrases.Filter(score.AppliesTo)} is dropped when its score is below {score.Minimum}.");

    public static string Of(CooldownOptions cooldown)
    {
        string done = cooldown.After == CustomerFactKind.Redeemed ? "redeemed" : "dismissed";
        string what = cooldown.AnyOffer ? "any offer" : "its offer";
        return $"A promotion{Phrases.Filter(cooldown.AppliesTo)} is dropped when the customer has {done} {what} within {Phrases.Duration(cooldown.Length)}.";
    }

    /// <summary>In the order of <see cref="DuplicatePolicy.Create"/>, each with the property it is about.</summary>
    public static IEnumerable<(string Property, string Sentence)> Of(DuplicateOptions duplicates)
    {
        (string Property, TimeSpan Window, string What)[] rules =
        [
            (nameof(duplicates.NaturalKeyWindow), duplicates.NaturalKeyWindow, "the same offer of the same campaign and occurrence over the same channel"),
            (nameof(duplicates.OfferCooldown), duplicates.OfferCooldown, "the same offer"),
            (nameof(duplicates.ContentWindow), duplicates.ContentWindow, "the same text"),
        ];
        return rules.Where(rule => rule.Window > TimeSpan.Zero)
            .Select(rule => (rule.Property, $"A promotion is dropped when the customer was sent {rule.What} within {Phrases.Duration(rule.Window)}."));
    }

    public static string Of(ZoneOptions zone)
    {
        string unknown = zone.Unknown switch
        {
            UnknownZonePolicy.Jurisdiction => "the rules of the customer's jurisdiction say what takes its place",
            UnknownZonePolicy.FallbackZone => $"{zone.FallbackZone} takes its place, though not for the quiet hours of a jurisdiction that wants all zones of the country or none",
            UnknownZonePolicy.IntersectAll => "all zones of the customer's country take its place, and what is quiet in one of them is quiet",
            _ => "nothing is sent that depends on it",
        };
        return $"Local time is that of the customer's device, else of the profile, else of a guess that is at least {Percent((decimal)zone.MinimumConfidence)} sure; where none of them is known, {unknown}.";
    }

    public static string Of(FrequencyCapOptions cap)
    {
        string action = cap.Action == CapAction.Defer ? "is deferred until there is room, or dropped where that is too late or nobody says when it is," : "is dropped";
        string count = Phrases.Count(cap.Limit, "push", "pushes");
        string wider = cap.OverrideParent ? "; caps about anything wider do not hold it back" : string.Empty;
        return $"A promotion{Phrases.Filter(cap.AppliesTo)} {action} when the customer has had {count}{Phrases.Filter(cap.CountOnly)}"
            + $"{Phrases.Scope(cap.Scope, cap.KeyName)}{Phrases.Window(cap.Window, cap.Length, cap.WeekStart)}{wider}.";
    }

    public static string Of(MinimumGapOptions gap)
    {
        string action = gap.Action == CapAction.Defer ? "is deferred, or dropped where that is too late or nobody says when it is," : "is dropped";
        return $"A promotion{Phrases.Filter(gap.AppliesTo)} {action} when the customer has had another{Phrases.Filter(gap.CountOnly)}{Phrases.Scope(gap.Scope, gap.KeyName)} within {Phrases.Duration(gap.Gap)}.";
    }

    public static string Of(PushOptions engine)
    {
        string store = engine.TransactionalWithoutStore ? "; transactional messages are sent even where a store cannot answer" : string.Empty;
        return $"A place is held for {Phrases.Duration(engine.TimeToLive)} from the instant at which the push is to be sent{store}.";
    }

    private static string Percent(decimal share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.####} %");
}
