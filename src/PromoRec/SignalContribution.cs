namespace PromoRec;

/// <summary>What one signal adds to the log odds of a stacked hybrid.</summary>
/// <param name="Name">The signal: <c>score.NAME</c> for a member, <c>offer.…</c> for what is known of the offer, <c>request.offers</c> for how many there are to choose from.</param>
/// <param name="Value">What it is for this offer, scaled as the logistic model takes it.</param>
/// <param name="Contribution">Weight · value, with its sign; finite.</param>
public readonly record struct SignalContribution(string Name, double Value, double Contribution);
