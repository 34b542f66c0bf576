using System.Runtime.InteropServices;
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

    // The first of a digest's tickets to come back brings the others with it.
    private readonly Dictionary<(UserId User, string Digest), List<Ticket>> _digests = [];

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

    /// <summary>Takes attempts of one instant, which must not be earlier than those before.</summary>
    /// <param name="firstIndex">The number of the first; the others follow.</param>
    /// <param name="attempts">The attempts.</param>
    public void Take(long firstIndex, IReadOnlyList<PushEvent> attempts)
    {
        DateTimeOffset at = attempts[0].At;
        ReleaseUntil(at);
        _host.Clock.Now = at;
        IReadOnlyList<PushDecision> decisions = _host.Send([.. attempts.Select(attempt => attempt.Request)], explain: false);
        for (int i = 0; i < attempts.Count; i++)
        {
            Follow(new Ticket(firstIndex + i, attempts[i].Request, Deferrals: 0), decisions[i], at);
        }
    }

    /// <summary>Lets everything come back that still waits.</summary>
    public void Finish() => ReleaseUntil(DateTimeOffset.MaxValue);

    public void Dispose() => _host.Dispose();

    private void ReleaseUntil(DateTimeOffset end)
    {
        while (_tickets.TryPeek(out _, out (DateTimeOffset At, long Index) next) && next.At <= end)
        {
            Ticket ticket = _tickets.Dequeue();
            if (ticket.Digest is null)
            {
                Decide(ticket, next.At);
            }
            else if (_digests.Remove((ticket.Request.UserId, ticket.Digest), out List<Ticket>? parts))
            {
                DecideTogether(ticket.Digest, parts, next.At);
            }
        }
    }

    private void Decide(in Ticket ticket, DateTimeOffset at)
    {
        _host.Clock.Now = at;
        Follow(ticket, _host.Send(ticket.Request, ticket.HoldsPlace), at);
    }

    private void DecideTogether(string digest, List<Ticket> parts, DateTimeOffset at)
    {
        _host.Clock.Now = at;
        IReadOnlyList<PushDecision> decisions = _host.SendTogether(digest, [.. parts.Select(part => part.Request)]);
        int sent = decisions.Count(decision => decision.Outcome == PushOutcome.SendNow);
        if (sent > 0)
        {
            Tally.SentTogether(parts[0].Request, at, sent);
        }

        for (int i = 0; i < parts.Count; i++)
        {
            Follow(parts[i], decisions[i], holdsPlace: false);
        }
    }

    /// <summary>Follows an attempt that is a message of its own, whose place is held while it waits unless it has become a part of a digest.</summary>
    private void Follow(in Ticket ticket, in PushDecision decision, DateTimeOffset at)
    {
        if (decision.Outcome == PushOutcome.SendNow)
        {
            Tally.Sent(ticket.Request, at, wasDeferred: ticket.Deferrals > 0);
        }

        Follow(ticket, decision, holdsPlace: decision.Digest is null);
    }

    private void Follow(in Ticket ticket, in PushDecision decision, bool holdsPlace)
    {
        switch (decision.Outcome)
        {
            case PushOutcome.SendNow:
                _ended(ticket.Index, new ReplayOutcome(true, PushReason.None));
                break;
            case PushOutcome.Defer when ticket.Deferrals < MaxDeferrals:
                Tally.Deferred(decision.Reason);
                Wait(ticket with { Deferrals = ticket.Deferrals + 1, HoldsPlace = holdsPlace, Digest = decision.Digest }, decision.Until!.Value);
                break;
            default:
                Tally.Dropped(decision.Reason, wasDeferred: ticket.Deferrals > 0);
                _ended(ticket.Index, new ReplayOutcome(false, decision.Reason));
                break;
        }
    }

    private void Wait(Ticket ticket, DateTimeOffset until)
    {
        if (ticket.Digest is { } digest)
        {
            ref List<Ticket>? parts = ref CollectionsMarshal.GetValueRefOrAddDefault(_digests, (ticket.Request.UserId, digest), out _);
            (parts ??= []).Add(ticket);
        }

        _tickets.Enqueue(ticket, (until, ticket.Index));
    }
}
