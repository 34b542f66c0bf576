namespace PromoRec.Push;

/// <summary>What a message is, in law.</summary>
public enum MessageClass
{
    /// <summary>Advertising: every policy applies.</summary>
    Promotional = 0,

    /// <summary>The customer needs it for something ordered or agreed: quiet hours and consent to marketing do not apply unless a jurisdiction says so, caps neither hold nor count it.</summary>
    Transactional = 1,
}
