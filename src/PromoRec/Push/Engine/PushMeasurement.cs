using PromoRec.Diagnostics;

namespace PromoRec.Push.Engine;

/// <summary>Counts decisions. Without a listener it costs one read.</summary>
internal static class PushMeasurement
{
    private const string OutcomeTag = "promorec.outcome";
    private const string ReasonTag = "promorec.reason";

    public static void Decided(in PushDecision decision)
    {
        if (PromoRecMeter.PushDecisions.Enabled)
        {
            PromoRecMeter.PushDecisions.Add(
                1,
                new KeyValuePair<string, object?>(OutcomeTag, PushReasons.CodeOf(decision.Outcome)),
                new KeyValuePair<string, object?>(ReasonTag, PushReasons.CodeOf(decision.Reason)));
        }
    }
}
