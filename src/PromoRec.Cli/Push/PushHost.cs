using Microsoft.Extensions.DependencyInjection;
using PromoRec.Push;
using PromoRec.Push.Ledger;
using PromoRec.Push.PolicyFile;

namespace PromoRec.Cli.Push;

/// <summary>An engine with the policies of a file, as a shop would have it, over a ledger in memory and a clock that is moved.</summary>
internal sealed class PushHost : IDisposable
{
    private static readonly PushReserveOptions First = new() { HoldDeferred = true };
    private static readonly PushReserveOptions Again = new() { HoldDeferred = true, DecideAgain = true, OnlyIfHeld = true };

    private readonly ServiceProvider _services;

    public PushHost(PushPolicyFile policies, PushAudience audience)
    {
        ServiceCollection services = new();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddPromoRec()
            .AddPushPolicies(policies)
            .UsePushCustomers(audience.Customers)
            .UsePushStore(
                provider => new InMemoryReservationLedger(provider.GetRequiredService<Microsoft.Extensions.Options.IOptions<LedgerOptions>>().Value, Clock),
                _ => audience.Consents);
        _services = services.BuildServiceProvider();
        Engine = _services.GetRequiredService<IPushEngine>();
        Ledger = _services.GetRequiredService<IReservationLedger>();
    }

    public ReplayClock Clock { get; } = new();

    public IPushEngine Engine { get; }

    private IReservationLedger Ledger { get; }

    /// <summary>Decides once more about a push that had been deferred to now, and counts it as sent if it may be.</summary>
    /// <param name="request">The push.</param>
    /// <param name="holdsPlace">Whether it waited with a place, without which it is not sent.</param>
    public PushDecision Send(PushRequest request, bool holdsPlace) => Sent(Wait(Engine.TryReserveAsync(request, holdsPlace ? Again : First)));

    /// <summary>Decides about many pushes that compete with each other, holds their places, and counts what may be sent now as sent.</summary>
    /// <returns>The decisions, in the order of the requests.</returns>
    public IReadOnlyList<PushDecision> Send(IReadOnlyList<PushRequest> requests, bool explain) =>
        [.. Wait(Engine.TryReserveAsync(requests, First with { Explain = explain })).Select(Sent)];

    /// <summary>Decides about pushes that waited to be sent together, and counts the message as sent if any of them may be.</summary>
    /// <returns>The decisions, in the order of the requests; all those that may be sent are one message.</returns>
    public IReadOnlyList<PushDecision> SendTogether(string digest, IReadOnlyList<PushRequest> requests)
    {
        PushDigestReservation reservation = Wait(Engine.TryReserveDigestAsync(digest, requests));
        Sent(reservation.Reservation);
        return reservation.Parts;
    }

    /// <summary>Counts a push that was sent at the clock's time, whatever policies say.</summary>
    public void Record(PushRequest request) => Wait(Ledger.RecordSentAsync(request));

    public void Dispose() => _services.Dispose();

    private PushDecision Sent(PushReservation reservation)
    {
        if (reservation.Decision.Outcome == PushOutcome.SendNow)
        {
            Wait(Engine.SettleAsync(reservation.UserId, reservation.Key, Settlement.Begin));
            Wait(Engine.SettleAsync(reservation.UserId, reservation.Key, Settlement.Commit));
        }

        return reservation.Decision;
    }

    // Everything is in memory, so nothing ever waits.
    private static T Wait<T>(ValueTask<T> task) => task.AsTask().GetAwaiter().GetResult();
}
