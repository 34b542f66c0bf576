namespace PromoRec.Consent;

/// <summary>What would be enough to contact a customer.</summary>
/// <param name="Need">What is needed.</param>
/// <param name="PerTopic">Whether a grant counts only where it names the channel and the topic, or one above it.</param>
/// <param name="SoftOptIn">Which sales give a soft opt-in; null when none does.</param>
/// <param name="Category">The category of what would be advertised.</param>
internal readonly record struct ConsentQuestion(ConsentNeed Need, bool PerTopic = false, SoftOptInTerms? SoftOptIn = null, string Category = "")
{
    /// <summary>The fact that is enough; None where there is no such fact.</summary>
    public ConsentFacts Enough => Need switch
    {
        ConsentNeed.SoftOptIn or ConsentNeed.Grant => PerTopic ? ConsentFacts.GrantedByName : ConsentFacts.Granted,
        ConsentNeed.WrittenGrant => PerTopic ? ConsentFacts.WrittenByName : ConsentFacts.Written,
        ConsentNeed.DoubleOptIn => PerTopic ? ConsentFacts.ConfirmedByName : ConsentFacts.Confirmed,
        _ => ConsentFacts.None,
    };
}
