namespace PromoRec.Consent;

/// <summary>What would be enough to contact a customer.</summary>
/// <param name="Need">What is needed.</param>
/// <param name="PerTopic">Whether a grant counts only where it names the channel and the topic, or one above it.</param>
/// <param name="SoftOptIn">Which sales give a soft opt-in; null when none does.</param>
/// <param name="Category">The category of what would be advertised.</param>
/// <param name="TopicsOnly">Whether only what was said about topics is looked at, and not what was said about all of them.</param>
internal readonly record struct ConsentQuestion(ConsentNeed Need, bool PerTopic = false, SoftOptInTerms? SoftOptIn = null, string Category = "", bool TopicsOnly = false);
