namespace PromoRec.Push.Snooze;

/// <summary>Holds promotions back while the customer has asked for a pause.</summary>
internal sealed class SnoozePolicy(SnoozeOptions options) : IPushPolicy
{
    private readonly SnoozeAction _action = options.Action;

    public PushStage Stage => PushStage.Preference;

    public string Name => "snooze";

    public PushVerdict Evaluate(in PushContext context)
    {
        if (context.Request.Class == MessageClass.Transactional || context.Snapshot.Customer.SnoozedUntil is not { } until)
        {
            return PushVerdict.Allow;
        }

        context.Saw(PushInputs.Snooze, until);
        if (until <= context.PlannedAt)
        {
            return PushVerdict.Allow;
        }

        return _action == SnoozeAction.Defer ? PushVerdict.Defer(PushReason.Snoozed, until) : PushVerdict.Drop(PushReason.Snoozed, until);
    }
}
