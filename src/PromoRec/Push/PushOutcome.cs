namespace PromoRec.Push;

/// <summary>What is to be done with a push. The value of nobody having decided sends nothing.</summary>
public enum PushOutcome
{
    /// <summary>It is not sent.</summary>
    Drop = 0,

    /// <summary>It may be sent later; then it is decided once more.</summary>
    Defer = 1,

    /// <summary>It may be sent now.</summary>
    SendNow = 2,
}
