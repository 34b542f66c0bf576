namespace PromoRec.Push.QuietHours;

/// <summary>Where a push goes whose own planned instant, <see cref="PushRequest.PlannedAt"/>, falls into quiet hours.</summary>
public enum PlannedSendAction
{
    /// <summary>To their end.</summary>
    HoldToEnd = 0,

    /// <summary>To their nearer edge: the last minute before they start, where that is not past, or their end.</summary>
    NearestEdge = 1,
}
