namespace PromoRec;

/// <summary>What one source of scores says of one offer: a member of a hybrid, or the single model that answered.</summary>
public sealed record SourceStanding
{
    /// <summary>The member's name; of a single model its algorithm, such as "als", and "popularity" or "rules" where that is what answered.</summary>
    public required string Name { get; init; }

    /// <summary>The kind of knowledge its scores rest on.</summary>
    public required RankTier Tier { get; init; }

    /// <summary>Whether it knew enough of the customer to tell offers apart. Where it did not, the rest says nothing.</summary>
    public required bool Answered { get; init; }

    /// <summary>How much it counts: in a stacked hybrid the learnt weight, which may be below zero; 1 for a single model.</summary>
    public required float Weight { get; init; }

    /// <summary>Its own score of the offer, in its own unit; null where it gave none.</summary>
    public float? Score { get; init; }

    /// <summary>Place of the offer by that score among all offers that may be shown, from 1; null where it gave none, or the offer may not be shown.</summary>
    public int? Rank { get; init; }

    /// <summary>How many offers it might name for this request: its quota, or as many as were wanted where that is more. Null for a single model, which names all.</summary>
    public int? Quota { get; init; }

    /// <summary>Whether it named the offer: the rank is inside the quota, and the score is above zero.</summary>
    public bool Named { get; init; }

    /// <summary>The score of the last offer that it named; null where it named none, and for a single model.</summary>
    public float? LastNamedScore { get; init; }

    /// <summary>
    /// The score as the fusion takes it, before the weight: from -1 to 1 in a weighted or stacked hybrid, 1 / (60 + rank) or 0 by reciprocal ranks.
    /// Null where it gave none, for a single model, and for an offer that may not be shown.
    /// </summary>
    public float? Normalised { get; init; }

    /// <summary>
    /// What it adds to the offer's score: weight · normalised. For an offer that nobody named, what it would have added; by reciprocal ranks that is 0. The terms of a scored offer
    /// sum to its score, in a stacked hybrid to the part of it that the members have. Null where <see cref="Rank"/> is.
    /// </summary>
    public float? Term { get; init; }
}
