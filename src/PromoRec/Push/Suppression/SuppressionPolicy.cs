using PromoRec.Consent;
using PromoRec.Push.Consent;

namespace PromoRec.Push.Suppression;

/// <summary>Drops what would go to an erased customer or to an address that must not be used, whatever it is.</summary>
internal sealed class SuppressionPolicy : IPushPolicy
{
    private static readonly ConsentQuestion Question = new(ConsentNeed.Never);

    public PushStage Stage => PushStage.Suppression;

    public string Name => "suppression";

    public PushVerdict Evaluate(in PushContext context)
    {
        PushSnapshot snapshot = context.Snapshot;
        if (snapshot.Consent.IsErased || snapshot.History.IsErased)
        {
            return PushVerdict.Drop(PushReason.Erased);
        }

        PushRequest request = context.Request;
        ConsentAnswer answer = snapshot.Consent.Resolve(ConsentPurpose.Marketing, request.Channel, request.Topic, Question);
        if (answer.State != ConsentState.Suppressed)
        {
            return PushVerdict.Allow with { Flip = PushFlip.Fact(PushInputs.Consent, ConsentWords.Suppressed) };
        }

        context.Saw(PushInputs.Consent, ConsentWords.Suppressed);
        return PushVerdict.Drop(PushReason.Suppressed) with { Flip = PushFlip.Fact(PushInputs.Consent, ConsentWords.Unknown) };
    }
}
