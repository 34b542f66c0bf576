namespace PromoRec.Push;

/// <summary>One rule about what may be pushed. Implement it for the rules of a host, and add it with <c>AddPushPolicy</c>.</summary>
/// <remarks>
/// A policy is pure: it looks at nothing but the context, so that the same context always gives the same verdict. Any number of threads may call
/// it, on a hot path: it should not allocate. One that throws refuses the push with <see cref="PushReason.PolicyFailed"/>.
/// </remarks>
public interface IPushPolicy
{
    /// <summary>The step of the decision it belongs to.</summary>
    PushStage Stage { get; }

    /// <summary>Its name in traces, such as "cap:email:3/7d". Different policies have different names.</summary>
    string Name { get; }

    /// <summary>Says whether the push may be sent at <see cref="PushContext.PlannedAt"/>.</summary>
    PushVerdict Evaluate(in PushContext context);
}
