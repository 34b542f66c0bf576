using Microsoft.Extensions.Logging;
using PromoRec.Diagnostics;
using PromoRec.Push.Calendar;
using PromoRec.Push.Ledger;

namespace PromoRec.Push.Engine;

/// <summary>Asks the policies about a push until all of them are content with one instant. Pure but for its log; any number of threads may call it.</summary>
/// <remarks>
/// Policies are asked in their order. The first that drops decides. One that defers moves the planned instant, and the others are asked about that one, round and
/// round, until every policy allows the instant at which it ends up.
/// </remarks>
internal sealed class PushDecider(PushPolicySet policies, Func<PushCustomer, CustomerZone> zoneOf, TimeSpan timeToLive, ILogger logger)
{
    // Policies that contradict each other may push the instant ahead of them for ever.
    private const int MaxMoves = 100;

    private readonly IPushPolicy[] _policies = [.. policies.Policies];
    private readonly IClaimingPolicy[] _claiming = [.. policies.Policies.OfType<IClaimingPolicy>()];
    private readonly IPlannedSendPolicy[] _placing = [.. policies.Policies.OfType<IPlannedSendPolicy>()];
    private readonly string[] _names = [.. policies.Policies.Select(policy => policy.Name)];

    /// <summary>What policies are asked about first: the instant that the host plans, unless a policy chooses one before it, or now.</summary>
    public PushContext Begin(PushRequest request, PushSnapshot snapshot, PushTraceBuilder? trace = null)
    {
        DateTimeOffset planned = request.PlannedAt is { } at && at > snapshot.Now ? at : snapshot.Now;
        PushContext context = new(request, snapshot, planned, timeToLive, zoneOf(snapshot.Customer), trace);
        return planned > snapshot.Now ? Place(context) : context;
    }

    public PushDecision Decide(PushRequest request, PushSnapshot snapshot)
    {
        PushContext context = Begin(request, snapshot);
        List<(IPushPolicy Policy, PushWait Wait)>? waits = null;
        return Run(ref context, null, ref waits);
    }

    public PushDecision Explain(PushRequest request, PushSnapshot snapshot) => Plan(request, snapshot, explain: true).Decision;

    /// <summary>Decides, and says what a place would have to be.</summary>
    public PushPlan Plan(PushRequest request, PushSnapshot snapshot, bool explain = false)
    {
        PushTraceBuilder? trace = explain ? new PushTraceBuilder(_policies.Length) : null;
        PushContext context = Begin(request, snapshot, trace);
        List<(IPushPolicy Policy, PushWait Wait)>? waits = null;
        PushDecision decision = Run(ref context, trace, ref waits);
        return new PushPlan(trace is null ? decision : decision with { Trace = trace.Build(snapshot.Now) }, context) { Waits = waits is null ? [] : [.. waits] };
    }

    /// <summary>Adds the budgets whose levels policies look at.</summary>
    public void AddBudgetNames(PushRequest request, PushSnapshot snapshot, ICollection<BudgetName> names)
    {
        PushContext context = Begin(request, snapshot);
        foreach (IClaimingPolicy policy in _claiming)
        {
            try
            {
                policy.AddBudgetNames(context, names);
            }
            catch (Exception fault)
            {
                // The policy is asked about the push in any case; what fails here fails there, too, or lacks the levels, and refuses the push.
                LogFailure(policy.Name, fault);
            }
        }
    }

    /// <summary>Adds what policies claim in the ledger for a push at the planned instant.</summary>
    /// <returns>The policy that failed, so that the push must not be sent; null when none did.</returns>
    public IPushPolicy? AddClaims(in PushContext context, PushClaims claims)
    {
        foreach (IClaimingPolicy policy in _claiming)
        {
            try
            {
                policy.AddClaims(context, claims);
            }
            catch (Exception fault)
            {
                LogFailure(policy.Name, fault);
                return policy;
            }
        }

        return null;
    }

    /// <summary>Lets policies choose an earlier instant than the one the host plans, where they would hold the push back then.</summary>
    private PushContext Place(PushContext context)
    {
        foreach (IPlannedSendPolicy policy in _placing)
        {
            try
            {
                context = context.At(policy.Place(context));
            }
            catch (Exception fault)
            {
                // The policy is asked about the planned instant in any case; what fails here fails there, too, and refuses the push.
                LogFailure(policy.Name, fault);
            }
        }

        return context;
    }

    /// <param name="context">What policies are asked about first; in the end, what they were asked about last.</param>
    /// <param name="trace">Takes what they saw; null for nobody.</param>
    /// <param name="waits">In the end, what the push waits for together with others; null for nothing, as for nearly every push.</param>
    private PushDecision Run(ref PushContext context, PushTraceBuilder? trace, ref List<(IPushPolicy Policy, PushWait Wait)>? waits)
    {
        PushReason moved = PushReason.Planned;
        int mover = -1;
        int moves = 0;
        bool isPast = false;
        PushSnapshot all = context.Snapshot;
        DateTimeOffset? validUntil = context.Request.Deadline;
        for (int content = 0, i = 0; content < _policies.Length; i = i + 1 == _policies.Length ? 0 : i + 1)
        {
            PushVerdict verdict = Ask(i, context, trace);
            if (verdict.Kind == PushVerdictKind.Drop)
            {
                AskTheRest(context, trace);
                return DropBy(i, verdict);
            }

            if (verdict.Kind == PushVerdictKind.Allow || verdict.NextEligibleAt is not { } until)
            {
                validUntil = verdict.ValidUntil is { } end && !(validUntil <= end) ? end : validUntil;
                content++;
                continue;
            }

            context = context.At(until);
            (moved, mover, content, validUntil) = (verdict.Reason, i, 0, context.Request.Deadline);
            if (verdict.Wait is not { } wait)
            {
                isPast = waits is not null;
            }
            else
            {
                // What something else keeps into another night is not sent after the one before, and leaves that to the others.
                context = isPast ? context.In(all) : context;
                waits = isPast || waits is null ? [] : waits;
                isPast = false;
                waits.Add((_policies[i], wait));
                context = wait.Kind == PushWaitKind.Latest ? context.In(PushHistory.WithoutHeld(wait.Label, context.Snapshot)) : context;
            }

            bool isTooLate = IsTooLate(context);
            if (isTooLate || ++moves == MaxMoves)
            {
                // Nobody knows a later instant at which it might be sent: from its deadline on, it must not be.
                AskTheRest(context, trace);
                return PushDecision.Drop(isTooLate ? PushReason.TooLate : PushReason.NoInstant, _names[i]);
            }
        }

        if (IsTooLate(context))
        {
            return PushDecision.Drop(PushReason.TooLate);
        }

        PushDecision decision =
            context.PlannedAt > context.Now ? PushDecision.Defer(moved, mover < 0 ? null : _names[mover], context.PlannedAt) : PushDecision.SendNow;
        return decision with { ValidUntil = validUntil, Digest = waits is null ? null : PushDigest.NameOf(waits) };
    }

    private static bool IsTooLate(in PushContext context) => context.Request.Deadline <= context.PlannedAt;

    private PushDecision DropBy(int index, in PushVerdict verdict) =>
        PushDecision.Drop(verdict.Reason, _names[index], verdict.NextEligibleAt) with { Failed = verdict.Failed };

    /// <summary>Those that were not asked before a drop have something to say in a trace.</summary>
    private void AskTheRest(in PushContext context, PushTraceBuilder? trace)
    {
        for (int i = 0; trace is not null && i < _policies.Length; i++)
        {
            if (!trace.Has(i))
            {
                Ask(i, context, trace);
            }
        }
    }

    private PushVerdict Ask(int index, in PushContext context, PushTraceBuilder? trace)
    {
        PushVerdict verdict;
        try
        {
            verdict = _policies[index].Evaluate(context);

            if (FaultOf(verdict, context.PlannedAt) is { } fault)
            {
                Log.PolicyFailed(logger, _names[index], fault);
                verdict = PushVerdict.Drop(PushReason.PolicyFailed);
            }
        }
        catch (Exception fault)
        {
            LogFailure(_names[index], fault);
            verdict = PushVerdict.Drop(PushReason.PolicyFailed);
        }

        trace?.Close(index, _policies[index].Stage, _names[index], context.PlannedAt, verdict);
        return verdict;
    }

    private static string? FaultOf(in PushVerdict verdict, DateTimeOffset plannedAt) => verdict.Kind switch
    {
        PushVerdictKind.Allow => null,
        _ when verdict.Reason == PushReason.None || !Enum.IsDefined(verdict.Reason) => "a refusal whose reason is none of PushReason",
        PushVerdictKind.Defer when !(verdict.NextEligibleAt > plannedAt) => "a deferral to an instant that is not later than the one it was asked about",
        _ => null,
    };

    private void LogFailure(string policy, Exception fault) => Log.PolicyFailed(logger, policy, Describe(fault));

    /// <summary>Our own messages name no customer; what a host's exception says may, so of those only the type and the place are told.</summary>
    private static string Describe(Exception fault)
    {
        string type = fault.GetType().FullName ?? fault.GetType().Name;
        if (fault is PromoRecException)
        {
            return $"{type}: {fault.Message}";
        }

        ReadOnlySpan<char> stack = fault.StackTrace;
        int end = stack.IndexOfAny('\r', '\n');
        return $"{type} {(end < 0 ? stack : stack[..end]).Trim()}".TrimEnd();
    }
}
