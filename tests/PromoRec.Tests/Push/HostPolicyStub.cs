using PromoRec.Push;

namespace PromoRec.Tests.Push;

/// <summary>A policy that looks at the whole context.</summary>
internal sealed class HostPolicyStub(string name, PushStage stage, Func<PushContext, PushVerdict> verdict) : IPushPolicy
{
    public PushStage Stage => stage;

    public string Name => name;

    public PushVerdict Evaluate(in PushContext context) => verdict(context);
}
