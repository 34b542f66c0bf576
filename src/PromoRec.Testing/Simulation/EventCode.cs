namespace PromoRec.Testing.Simulation;

/// <summary>The kinds of events in one byte.</summary>
internal enum EventCode : byte
{
    View,
    Cart,
    Purchase,
    Impression,
    Click,
    Redeem,
    Dismiss,
    Unsubscribe,

    /// <summary>A push that was chosen and held back at random: nobody outside sees it, but its truth is recorded.</summary>
    HeldBack,
}
