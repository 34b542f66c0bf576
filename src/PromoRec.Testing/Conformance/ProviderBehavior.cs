namespace PromoRec.Testing.Conformance;

/// <summary>How a provider behaves when it is handed a message.</summary>
public enum ProviderBehavior
{
    /// <summary>Takes it and says so.</summary>
    Accepts = 0,

    /// <summary>Says that it has not taken it and may later, as a server does that is too busy.</summary>
    RefusesForNow = 1,

    /// <summary>Says that it never will, as for an address that does not exist.</summary>
    RefusesForGood = 2,

    /// <summary>Cannot be reached, so that it certainly has not taken it.</summary>
    IsUnreachable = 3,

    /// <summary>Takes it, and its answer is lost.</summary>
    TakesWithoutAnswer = 4,

    /// <summary>Does not take it, and its answer is lost.</summary>
    LosesWithoutAnswer = 5,
}
