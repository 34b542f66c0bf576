using PromoRec.Consent;
using PromoRec.Push.Consent;

namespace PromoRec.Push.OptOut;

/// <summary>Drops what belongs to a topic that the customer has left, or to one below it.</summary>
internal sealed class OptOutPolicy(OptOutOptions options) : IPushPolicy
{
    private static readonly ConsentQuestion Question = new(ConsentNeed.OptOut);

    private readonly bool _includesTransactional = options.IncludesTransactional;

    public PushStage Stage => PushStage.Preference;

    public string Name => "opt-out";

    public PushVerdict Evaluate(in PushContext context)
    {
        PushRequest request = context.Request;
        if (request.Topic.Length == 0 || (request.Class == MessageClass.Transactional && !_includesTransactional))
        {
            return PushVerdict.Allow;
        }

        ConsentAnswer answer = context.Snapshot.Consent.Resolve(ConsentPurpose.Marketing, request.Channel, request.Topic, Question);
        context.Saw(PushInputs.Consent, ConsentWords.Of(answer.State));
        return answer.IsTopicRefused
            ? PushVerdict.Drop(PushReason.OptedOut) with { Flip = PushFlip.Fact(PushInputs.Consent, ConsentWords.Granted) }
            : PushVerdict.Allow with { Flip = PushFlip.Fact(PushInputs.Consent, ConsentWords.Withdrawn) };
    }
}
