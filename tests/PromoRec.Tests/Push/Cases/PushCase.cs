using PromoRec.Push;
using PromoRec.Push.Engine;

namespace PromoRec.Tests.Push.Cases;

/// <summary>A request, what is known, and the rules that decide about it.</summary>
internal sealed record PushCase(PushRequest Request, PushSnapshot Snapshot, IReadOnlyList<PushRule> Rules)
{
    public PushDecider Decider => PushScenario.Decider(Rules.Select(rule => rule.Policy));

    public PushContext ContextAt(DateTimeOffset plannedAt) => PushScenario.Context(Request, Snapshot, plannedAt);
}
