namespace PromoRec.Consent;

/// <summary>What holds somewhere between a channel's topic and everything. "By name" is what names the channel and a topic.</summary>
[Flags]
internal enum ConsentFacts : ushort
{
    None = 0,

    /// <summary>There is a grant.</summary>
    Granted = 1 << 0,

    /// <summary>There is a grant that names its text.</summary>
    Written = 1 << 1,

    /// <summary>There is a grant that was confirmed with the token that had been sent.</summary>
    Confirmed = 1 << 2,

    /// <summary>There is a grant by name.</summary>
    GrantedByName = 1 << 3,

    /// <summary>There is a grant by name that names its text.</summary>
    WrittenByName = 1 << 4,

    /// <summary>There is a confirmed grant by name.</summary>
    ConfirmedByName = 1 << 5,

    /// <summary>There is a sale.</summary>
    Sold = 1 << 6,

    /// <summary>A double opt-in waits for its confirmation.</summary>
    Pending = 1 << 7,

    /// <summary>A topic was refused, not only all of them.</summary>
    TopicRefused = 1 << 8,
}
