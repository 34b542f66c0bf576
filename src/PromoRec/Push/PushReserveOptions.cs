namespace PromoRec.Push;

/// <summary>How a push is reserved.</summary>
public sealed record PushReserveOptions
{
    /// <summary>Whether a push that is deferred holds its place at that later instant already, so that others count it. False unless set.</summary>
    public bool HoldDeferred { get; init; }

    /// <summary>
    /// Whether a place that the push holds already, and that has not begun, is decided about once more: for a deferred push whose time has come. If it may no longer
    /// be sent, the place is given back. False unless set: the push then gets the answer that it got before.
    /// </summary>
    public bool DecideAgain { get; init; }

    internal static PushReserveOptions Default { get; } = new();
}
