namespace PromoRec.Push;

/// <summary>What kind of change would turn a policy's verdict.</summary>
public enum PushFlipKind
{
    /// <summary>None that the policy knows of.</summary>
    None = 0,

    /// <summary>Time: at the instant of the flip the verdict is another one.</summary>
    Wait = 1,

    /// <summary>A number: the named input would have to become the value of the flip.</summary>
    Number = 2,

    /// <summary>A fact: the named input would have to become the text of the flip.</summary>
    Fact = 3,
}
