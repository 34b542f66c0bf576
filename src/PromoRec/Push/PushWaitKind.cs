namespace PromoRec.Push;

/// <summary>Which of several pushes that wait together is sent.</summary>
internal enum PushWaitKind
{
    None,

    /// <summary>The one that waited first.</summary>
    First,

    /// <summary>The one that came last.</summary>
    Latest,

    /// <summary>All of them, as one message.</summary>
    Digest,
}
