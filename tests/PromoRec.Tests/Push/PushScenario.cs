using Microsoft.Extensions.Logging.Abstractions;
using PromoRec.Consent;
using PromoRec.Push;
using PromoRec.Push.Calendar;
using PromoRec.Push.Engine;
using PromoRec.Push.Ledger;

namespace PromoRec.Tests.Push;

/// <summary>A request, a snapshot and an engine, small enough to change one thing about them in a test.</summary>
internal static class PushScenario
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 18, 12, 0, 0, TimeSpan.Zero);

    public static readonly TimeSpan TimeToLive = TimeSpan.FromMinutes(15);

    public static PushRequest Request { get; } = new()
    {
        UserId = "ann",
        Offer = new Offer { Id = "tea", Terms = OfferTerms.PercentOff(10) },
        Channel = ChannelId.Email,
        Campaign = "spring",
        Category = "news",
        Score = 0.5f,
    };

    public static PushSnapshot Snapshot { get; } = At(Noon);

    public static PushSnapshot At(DateTimeOffset now, params ReadOnlySpan<LedgerEntry> entries) => new(
        now,
        new PushCustomer { UserId = "ann", ProfileZone = "Europe/Berlin", Country = "DE", Reachable = [ChannelId.Email, ChannelId.Sms, ChannelId.AppPush] },
        new ConsentView(new ConsentRecord(0, [], false)),
        new CustomerHistory(now, [.. entries]));

    /// <summary>An entry as a push leaves it in the ledger.</summary>
    public static LedgerEntry Sent(PushRequest request, DateTimeOffset at, string? key = null) => new()
    {
        Key = key ?? $"{request.Offer.Id}@{at:O}",
        At = at,
        State = ReservationState.Committed,
        ExpiresAt = at + TimeToLive,
        Labels = PushLabels.Of(request),
        ShortLabels = PushLabels.ShortOf(request),
    };

    /// <summary>A place that is held and has not begun.</summary>
    public static LedgerEntry Held(PushRequest request, DateTimeOffset at, string? key = null) => Sent(request, at, key) with { State = ReservationState.Reserved };

    public static PushDecider Decider(params IEnumerable<IPushPolicy> policies) => new(new PushPolicySet(policies), ZoneOf, TimeToLive, NullLogger.Instance);

    public static PushContext Context(PushRequest? request = null, PushSnapshot? snapshot = null, DateTimeOffset? plannedAt = null)
    {
        snapshot ??= Snapshot;
        return new PushContext(request ?? Request, snapshot, plannedAt ?? snapshot.Now, TimeToLive, ZoneOf(snapshot.Customer), null);
    }

    public static CustomerZone ZoneOf(PushCustomer customer) =>
        LocalCalendar.TryGet(customer.ProfileZone, out LocalCalendar? calendar) ? new CustomerZone(ZoneSource.Profile, [calendar]) : default;
}
