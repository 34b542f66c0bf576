using PromoRec.Push;

namespace PromoRec.Tests.Push;

/// <summary>A policy that says what a test wants, and remembers what it was asked about.</summary>
internal sealed class PolicyStub(string name, PushStage stage, Func<DateTimeOffset, PushVerdict> verdict) : IPushPolicy
{
    public List<DateTimeOffset> Asked { get; } = [];

    public PushStage Stage => stage;

    public string Name => name;

    public PushVerdict Evaluate(in PushContext context)
    {
        Asked.Add(context.PlannedAt);
        return verdict(context.PlannedAt);
    }

    public static PolicyStub Allows(string name, PushStage stage = PushStage.Channel) => new(name, stage, _ => PushVerdict.Allow);

    public static PolicyStub Drops(string name, PushReason reason, PushStage stage = PushStage.Channel) => new(name, stage, _ => PushVerdict.Drop(reason));

    public static PolicyStub DefersTo(string name, DateTimeOffset until, PushStage stage = PushStage.Timing, PushReason reason = PushReason.QuietHours) =>
        new(name, stage, at => at < until ? PushVerdict.Defer(reason, until) : PushVerdict.Allow);
}
