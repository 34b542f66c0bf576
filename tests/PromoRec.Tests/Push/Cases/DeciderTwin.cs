using PromoRec.Push;

namespace PromoRec.Tests.Push.Cases;

/// <summary>The decision as the specification tells it, in as few words as possible.</summary>
internal static class DeciderTwin
{
    public static PushDecision Decide(PushCase each)
    {
        DateTimeOffset start = each.Request.PlannedAt > each.Snapshot.Now ? each.Request.PlannedAt.Value : each.Snapshot.Now;
        IPushPolicy[] order = [.. each.Rules.Select(rule => rule.Policy).OrderBy(policy => (int)policy.Stage)];
        return Decide(each, order, start, start > each.Snapshot.Now ? PushDecision.Defer(PushReason.Planned, null, start) : PushDecision.SendNow, 0);
    }

    private static PushDecision Decide(PushCase each, IPushPolicy[] order, DateTimeOffset at, PushDecision otherwise, int moves)
    {
        DateTimeOffset? validUntil = each.Request.Deadline;
        for (int i = 0; i < order.Length; i++)
        {
            PushVerdict verdict = order[i].Evaluate(each.ContextAt(at));
            if (verdict.Kind == PushVerdictKind.Drop)
            {
                return PushDecision.Drop(verdict.Reason, order[i].Name, verdict.NextEligibleAt) with { Failed = verdict.Failed };
            }

            if (verdict.Kind == PushVerdictKind.Defer)
            {
                return !(verdict.NextEligibleAt > at) ? PushDecision.Drop(PushReason.PolicyFailed, order[i].Name)
                    : verdict.NextEligibleAt.Value is var until && until >= each.Request.Deadline ? PushDecision.Drop(PushReason.TooLate, order[i].Name)
                    : moves == 99 ? PushDecision.Drop(PushReason.NoInstant, order[i].Name)
                    : Decide(each, [.. order[(i + 1)..], .. order[..(i + 1)]], until, PushDecision.Defer(verdict.Reason, order[i].Name, until), moves + 1);
            }

            validUntil = verdict.ValidUntil < (validUntil ?? DateTimeOffset.MaxValue) ? verdict.ValidUntil : validUntil;
        }

        return at >= each.Request.Deadline ? PushDecision.Drop(PushReason.TooLate) : otherwise with { ValidUntil = validUntil };
    }
}
