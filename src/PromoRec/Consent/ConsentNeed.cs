namespace PromoRec.Consent;

/// <summary>What a jurisdiction needs before a customer is contacted. A refusal stands above all of them.</summary>
public enum ConsentNeed
{
    /// <summary>Nothing is enough: the channel must not be used.</summary>
    Never = 0,

    /// <summary>Nothing, as long as the customer has not refused.</summary>
    OptOut = 1,

    /// <summary>A grant, or a sale under the conditions of ePrivacy Article 13(2).</summary>
    SoftOptIn = 2,

    /// <summary>A grant.</summary>
    Grant = 3,

    /// <summary>A grant that names the text to which the customer agreed.</summary>
    WrittenGrant = 4,

    /// <summary>A grant that was confirmed with a token sent to the address.</summary>
    DoubleOptIn = 5,
}
