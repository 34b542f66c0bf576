using PromoRec.Consent;
using PromoRec.Consent.Packs;

namespace PromoRec.Push.Consent;

/// <summary>Drops what has no legal basis in the customer's jurisdiction. What is not known is not permitted.</summary>
internal sealed class ConsentPolicy(JurisdictionPacks packs, PushConsentOptions options) : IPushPolicy
{
    private readonly SoftOptInTerms? _softOptIn = TermsOf(options);

    public PushStage Stage => PushStage.Consent;

    public string Name => "consent";

    public PushVerdict Evaluate(in PushContext context)
    {
        PushRequest request = context.Request;
        JurisdictionPack pack = packs.For(context.Snapshot.Customer.Country);
        ChannelRule rule = pack.RuleFor(request.Channel);
        ConsentQuestion question = new(rule.Need, rule.PerTopic, _softOptIn, request.Category);
        ConsentAnswer answer = context.Snapshot.Consent.Resolve(ConsentPurpose.Marketing, request.Channel, request.Topic, question);
        context.Saw(PushInputs.Jurisdiction, pack.Name);
        context.Saw(PushInputs.Consent, ConsentWords.Of(answer.State));
        return request.Class == MessageClass.Transactional ? Transactional(rule, answer) : Promotional(context, rule, answer);
    }

    private static PushVerdict Promotional(in PushContext context, ChannelRule rule, in ConsentAnswer answer)
    {
        context.Saw(PushInputs.Need, ConsentWords.Of(rule.Need));
        if (!answer.IsSufficient)
        {
            // No grant names the topic of a request that has none.
            bool nothingHelps = rule.PerTopic && context.Request.Topic.Length == 0;
            PushReason reason = answer.IsRefused ? ReasonOf(answer, rule) : answer.IsPending ? PushReason.ConsentPending : PushReason.NoConsent;
            return PushVerdict.Drop(reason) with { Flip = nothingHelps ? default : ConsentWords.FlipTo(rule.Need) };
        }

        return PushVerdict.Allow with { Flip = PushFlip.Fact(PushInputs.Consent, ConsentWords.Withdrawn) };
    }

    /// <summary>Needs no basis of its own, but some jurisdictions let a refusal reach it.</summary>
    private static PushVerdict Transactional(ChannelRule rule, in ConsentAnswer answer)
    {
        if (rule.Transactional == TransactionalRule.UnlessRefused && answer.IsRefused && answer.Level != ConsentLevel.Topic)
        {
            PushReason reason = answer.State == ConsentState.Suppressed ? PushReason.Suppressed : PushReason.OptedOut;
            return PushVerdict.Drop(reason) with { Flip = PushFlip.Fact(PushInputs.Consent, ConsentWords.Granted) };
        }

        return PushVerdict.Allow;
    }

    private static PushReason ReasonOf(in ConsentAnswer answer, ChannelRule rule) => answer.State switch
    {
        ConsentState.Suppressed => PushReason.Suppressed,

        // Who needed no consent and said no has left; who had to consent has taken it back.
        _ when rule.Need == ConsentNeed.OptOut || answer.Level == ConsentLevel.Topic => PushReason.OptedOut,
        ConsentState.Denied => PushReason.ConsentDenied,
        _ => PushReason.ConsentWithdrawn,
    };

    private static SoftOptInTerms? TermsOf(PushConsentOptions options) => options.SellerId is not { } seller ? null
        : new SoftOptInTerms(seller, options.SimilarCategories.SelectMany(pair => pair.Value.Select(sold => (pair.Key, sold))));
}
