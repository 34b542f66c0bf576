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

    /// <summary>
    /// Whether a push that holds no place any more is dropped with <see cref="PushReason.PlaceGone"/> rather than decided about as a new one: for a deferred push that held a place until another took its stead, or
    /// until the place was cancelled. False unless set.
    /// </summary>
    public bool OnlyIfHeld { get; init; }

    /// <summary>Whether decisions come with a trace of what every policy saw and said, as far as they were made anew. False unless set.</summary>
    public bool Explain { get; init; }

    internal static PushReserveOptions Default { get; } = new();
}
