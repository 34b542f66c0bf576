using Microsoft.Extensions.DependencyInjection;
using PromoRec.Push;
using PromoRec.Push.Ledger;
using PromoRec.Push.PolicyFile;

namespace PromoRec.Cli.Push;

/// <summary>An engine with the policies of a file, as a shop would have it, over a ledger in memory and a clock that is moved.</summary>
internal sealed class PushHost : IDisposable
{
    private static readonly PushReserveOptions First = new() { HoldDeferred = true };
    private static readonly PushReserveOptions Again = new() { HoldDeferred = true, DecideAgain = true };

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

    /// <summary>Decides without taking a place, and says what every policy saw.</summary>
    public PushDecision Explain(PushRequest request) => Wait(Engine.DecideAsync(request, explain: true));

    /// <summary>Decides, holds the place, and counts what may be sent now as sent.</summary>
    /// <param name="request">The push.</param>
    /// <param name="isTicket">Whether it had been deferred to now.</param>
    public PushDecision Send(PushRequest request, bool isTicket)
    {
        PushReservation reservation = Wait(Engine.TryReserveAsync(request, isTicket ? Again : First));
        if (reservation.Decision.Outcome == PushOutcome.SendNow)
        {
            Wait(Engine.SettleAsync(request.UserId, reservation.Key, Settlement.Begin));
            Wait(Engine.SettleAsync(request.UserId, reservation.Key, Settlement.Commit));
        }

        return reservation.Decision;
    }

    /// <summary>Counts a push that was sent at the clock's time, whatever policies say.</summary>
    public void Record(PushRequest request) => Wait(Ledger.RecordSentAsync(request));

    public void Dispose() => _services.Dispose();

    // Everything is in memory, so nothing ever waits.
    private static T Wait<T>(ValueTask<T> task) => task.AsTask().GetAwaiter().GetResult();
}
