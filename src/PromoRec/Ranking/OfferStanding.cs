using PromoRec.Models;
using PromoRec.Models.Linear;

namespace PromoRec.Ranking;

/// <summary>How one offer stands in one ranking.</summary>
internal sealed class OfferStanding
{
    /// <summary>From 1, among all that were put in order; null where it was not.</summary>
    public int? Place { get; init; }

    /// <summary>Null where <see cref="Place"/> is.</summary>
    public float? Score { get; init; }

    /// <summary>Null unless offers stand in the order of expected values.</summary>
    public float? ExpectedValue { get; init; }

    public required IReadOnlyList<SourceStanding> Sources { get; init; }

    /// <summary>Null unless a stack scored it.</summary>
    public LinearExplanation? Signals { get; init; }

    public RankReasons Reasons { get; init; }

    /// <summary>The model that answered alone; null where several did, or none.</summary>
    public RecommendationModel? Model { get; init; }

    /// <summary>Whether the models know the customer, and scored by what they know.</summary>
    public bool Explaining { get; init; }
}
