using System.Collections.Immutable;
using PromoRec.Push.Ledger;

namespace PromoRec.Push.Caps;

/// <summary>What frequency caps and minimum gaps have in common: a limit of sends in a scope and window, checked in a decision and claimed in a ledger.</summary>
internal sealed class CapCheck(CapScope scope, PushFilter appliesTo, PushFilter countOnly, CapWindow window, int limit, CapAction action, PushReason reason)
{
    // Each window that is tried is full of places already held.
    private const int MaxWindows = 100;

    private readonly PushMatcher _appliesTo = new(appliesTo);
    private readonly ImmutableArray<ImmutableArray<LedgerLabel>> _countOnly = new PushMatcher(countOnly).ToGroups();

    /// <summary>The narrowest thing that the rule looks at.</summary>
    public PushScope Narrowest
    {
        get
        {
            PushScope all = scope.Scope | _appliesTo.Scope;
            return all == PushScope.Global ? all : (PushScope)(1 << int.Log2((int)all));
        }
    }

    /// <summary>Whether the rule is about a push at all.</summary>
    public bool IsAbout(PushRequest request) => request.IsHeldByCaps && _appliesTo.Matches(request);

    public PushVerdict Evaluate(in PushContext context)
    {
        Span<LedgerLabel> labels = stackalloc LedgerLabel[CapScope.MaxLabels];
        labels = labels[..scope.Fill(context.Request, labels)];
        if (labels.IsEmpty)
        {
            return PushVerdict.Allow;
        }

        if (!TryCount(context, labels, context.PlannedAt, limit, out CapCount count))
        {
            // Any zone would do; this is the one that every machine knows.
            return PushVerdict.Drop(PushReason.UnknownZone) with { Flip = PushFlip.Fact(PushInputs.Zone, "UTC") };
        }

        // What is far below the limit is only estimated; a trace says it exactly.
        if (context.IsTraced && count is { Fits: true, Observed: > 0 })
        {
            TryCount(context, labels, context.PlannedAt, count.Observed, out CapCount exact);
            count = count with { Observed = exact.Observed };
        }

        context.Saw(PushInputs.Sent, count.Observed);
        context.Saw(PushInputs.Limit, limit);
        return count.Fits ? Allow(context, count) : Refuse(context, count, NextEligibleAt(context, labels, count));
    }

    public void AddClaims(in PushContext context, IPushPolicy policy, PushClaims claims)
    {
        Span<LedgerLabel> labels = stackalloc LedgerLabel[CapScope.MaxLabels];
        labels = labels[..scope.Fill(context.Request, labels)];
        if (!labels.IsEmpty && window.TryGet(context.Zone, context.PlannedAt, out LedgerWindow ledgerWindow))
        {
            claims.Add(policy, new CapClaim([.. labels], limit, ledgerWindow) { AnyOf = _countOnly }, reason, action == CapAction.Defer);
        }
    }

    private static PushVerdict Allow(in PushContext context, in CapCount count) =>
        context.IsTraced && count.Observed > 0 ? PushVerdict.Allow with { Flip = PushFlip.Number(PushInputs.Limit, count.Observed) } : PushVerdict.Allow;

    private PushVerdict Refuse(in PushContext context, in CapCount count, DateTimeOffset? next) => next is not { } at
        ? PushVerdict.Drop(reason) with { Flip = PushFlip.Number(PushInputs.Limit, count.Observed + 1) }
        : action == CapAction.Defer && at < context.Request.Deadline ? PushVerdict.Defer(reason, at) : PushVerdict.Drop(reason, at);

    /// <summary>The first later instant with room: a calendar window that begins when this one ends may be full as well.</summary>
    private DateTimeOffset? NextEligibleAt(in PushContext context, ReadOnlySpan<LedgerLabel> labels, in CapCount count)
    {
        DateTimeOffset? next = count.NextEligibleAt;
        for (int i = 0; next is { } at && i < MaxWindows; i++)
        {
            if (!TryCount(context, labels, at, limit, out CapCount later) || later.Fits)
            {
                return at;
            }

            next = later.NextEligibleAt;
        }

        return null;
    }

    private bool TryCount(in PushContext context, ReadOnlySpan<LedgerLabel> labels, DateTimeOffset at, int most, out CapCount count)
    {
        count = default;
        if (!window.TryGet(context.Zone, at, out LedgerWindow ledgerWindow))
        {
            return false;
        }

        count = context.Snapshot.History.Count(new CapRule(labels, _countOnly.AsSpan(), most, ledgerWindow), at, context.TimeToLive, context.Now);
        return true;
    }
}
