namespace PromoRec.Push;

/// <summary>What happens to a push for which a cap has no room.</summary>
public enum CapAction
{
    /// <summary>It is dropped: a stale promotion is worse than none.</summary>
    Drop = 0,

    /// <summary>It is deferred until there is room, if that is before it is worthless; else, and where nobody says when it is, it is dropped.</summary>
    Defer = 1,
}
