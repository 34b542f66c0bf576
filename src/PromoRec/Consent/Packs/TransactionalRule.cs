namespace PromoRec.Consent.Packs;

/// <summary>Whether a refusal of advertising holds back messages that a customer needs for something ordered or agreed.</summary>
public enum TransactionalRule
{
    /// <summary>It does not.</summary>
    Allowed = 0,

    /// <summary>A refusal of the channel, or of every channel, holds them back as well.</summary>
    UnlessRefused = 1,
}
