namespace PromoRec.Consent;

/// <summary>What became of something that a customer said.</summary>
public enum ConsentOutcome
{
    /// <summary>It was stored.</summary>
    Recorded = 0,

    /// <summary>The same holds already, and was not said earlier, so nothing was stored.</summary>
    Unchanged = 1,

    /// <summary>An event of this id, which says the same, was stored before; what holds now may be something else.</summary>
    Replayed = 2,

    /// <summary>An event of this id, which says something else, was stored before. Nothing was stored: give each statement an id of its own.</summary>
    Conflict = 3,

    /// <summary>A fact is missing without which it has no effect. Nothing was stored.</summary>
    Incomplete = 4,

    /// <summary>The customer was erased. Nothing was stored.</summary>
    Erased = 5,
}
