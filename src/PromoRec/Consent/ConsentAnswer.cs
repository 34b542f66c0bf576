namespace PromoRec.Consent;

/// <summary>What a view says about one channel and topic.</summary>
/// <param name="State">The refusal or suppression that stands above all else; without one, the strongest of what was granted; Unknown when nothing was said.</param>
/// <param name="Level">How wide the refusal or suppression reaches; None without one.</param>
/// <param name="IsSufficient">Whether it is enough for what was asked.</param>
/// <param name="IsPending">Whether a double opt-in waits for its confirmation.</param>
/// <param name="IsTopicRefused">Whether a topic was refused or suppressed, however wide the refusal that speaks.</param>
internal readonly record struct ConsentAnswer(ConsentState State, ConsentLevel Level, bool IsSufficient, bool IsPending, bool IsTopicRefused)
{
    public bool IsRefused => State >= ConsentState.Denied;
}
