namespace PromoRec.Consent.Packs;

/// <summary>What a jurisdiction asks of a host beyond consent and quiet hours. PromoRec tells; the host does.</summary>
[Flags]
public enum ConsentDuties
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>Messages are marked as advertising.</summary>
    AdMark = 1 << 0,

    /// <summary>Messages name a postal address.</summary>
    PostalAddress = 1 << 1,

    /// <summary>Messages can be unsubscribed from with one click and without a login.</summary>
    OneClickUnsubscribe = 1 << 2,

    /// <summary>The customer can close messages and switch them off easily.</summary>
    EasyClose = 1 << 3,

    /// <summary>Proof of consent is kept.</summary>
    KeepProof = 1 << 4,

    /// <summary>There is an option without personalization.</summary>
    NonPersonalizedOption = 1 << 5,

    /// <summary>Prices and terms do not differ unreasonably between customers.</summary>
    NoUnreasonablePriceDifference = 1 << 6,
}
