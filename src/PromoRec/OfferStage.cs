namespace PromoRec;

/// <summary>The stage of a ranking that decided about an offer, in the order of their numbers but for the last two: re-ranking comes before the places are given.</summary>
public enum OfferStage
{
    /// <summary>The catalog in use has no such offer.</summary>
    NotInCatalog = 0,

    /// <summary>It may not be shown; <see cref="OfferExplanation.Exclusion"/> says why.</summary>
    LeftOut = 1,

    /// <summary>It may be shown, but no member of the hybrid named it, so that it was not put in order; <see cref="OfferExplanation.Sources"/> says by how much each of them passed it over.</summary>
    NotNamed = 2,

    /// <summary>It was put in order, and others took all the places.</summary>
    Outscored = 3,

    /// <summary>It has a place.</summary>
    Returned = 4,

    /// <summary>
    /// It scored high enough for a place, or higher than an offer that has one (by expected value, where the ranking goes by that), but re-ranking (a limit, a quota, variety, margin, popularity, a merchant's floor,
    /// exploration) gave that to another. Where it was a limit, <see cref="OfferExplanation.Exclusion"/> and <see cref="OfferExplanation.Limit"/> say which.
    /// </summary>
    Reranked = 5,
}
