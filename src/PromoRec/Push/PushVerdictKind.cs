namespace PromoRec.Push;

/// <summary>What a policy says.</summary>
public enum PushVerdictKind
{
    /// <summary>Nothing stands against it.</summary>
    Allow = 0,

    /// <summary>Not before some instant.</summary>
    Defer = 1,

    /// <summary>Not at all.</summary>
    Drop = 2,
}
