using PromoRec.Push;
using PromoRec.Push.PolicyFile;

namespace PromoRec.Cli.Push;

/// <summary>Replays attempts to push, in the order of time, under the policies of one file. What is deferred comes back at its time and is decided once more.</summary>
internal sealed class PolicyReplay : IDisposable
{
    // Policies that keep deferring each other's instant would replay for ever.
    private const int MaxDeferrals = 100;

    private readonly PushHost _host;
    private readonly Action<long, ReplayOutcome> _ended;
    private readonly PriorityQueue<Ticket, (DateTimeOffset At, long Index)> _tickets = new();

    /// <param name="policies">The policies.</param>
    /// <param name="audience">The customers.</param>
    /// <param name="ended">Told of every attempt what became of it, once.</param>
    public PolicyReplay(PushPolicyFile policies, PushAudience audience, Action<long, ReplayOutcome> ended)
    {
        _host = new PushHost(policies, audience);
        _ended = ended;
        Tally = new ReplayTally(audience.Customers);
    }

    public ReplayTally Tally { get; }

    /// <summary>Takes an attempt; none may be earlier than the one before.</summary>
    public void Take(long index, in PushEvent attempt)
    {
        ReleaseUntil(attempt.At);
        Decide(new Ticket(index, attempt.Request, Deferrals: 0), attempt.At);
    }

    /// <summary>Lets everything come back that still waits.</summary>
    public void Finish() => ReleaseUntil(DateTimeOffset.MaxValue);

    public void Dispose() => _host.Dispose();

    private void ReleaseUntil(DateTimeOffset end)
    {
        while (_tickets.TryPeek(out _, out (DateTimeOffset At, long Index) next) && next.At <= end)
        {
            Decide(_tickets.Dequeue(), next.At);
        }
    }

    private void Decide(in Ticket ticket, DateTimeOffset at)
    {
        _host.Clock.Now = at;
        PushDecision decision = _host.Send(ticket.Request, isTicket: ticket.Deferrals > 0);
        switch (decision.Outcome)
        {
            case PushOutcome.SendNow:
                Tally.Sent(ticket.Request, at, wasDeferred: ticket.Deferrals > 0);
                _ended(ticket.Index, new ReplayOutcome(true, PushReason.None));
                break;
            case PushOutcome.Defer when ticket.Deferrals < MaxDeferrals:
                Tally.Deferred(decision.Reason);
                _tickets.Enqueue(ticket with { Deferrals = ticket.Deferrals + 1 }, (decision.Until!.Value, ticket.Index));
                break;
            default:
                Tally.Dropped(decision.Reason, wasDeferred: ticket.Deferrals > 0);
                _ended(ticket.Index, new ReplayOutcome(false, decision.Reason));
                break;
        }
    }
}
