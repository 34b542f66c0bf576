namespace PromoRec.Evaluation;

/// <summary>One of several predictions of the same ratings that are compared.</summary>
/// <param name="Name">What it is called in the comparison; different from all others.</param>
/// <param name="Predicted">A finite prediction for every rating of the test, in its order.</param>
public sealed record RatingCandidate(string Name, IReadOnlyList<double> Predicted);
