namespace PromoRec.Models.Hybrid;

/// <summary>How the scores of several models become one.</summary>
public enum HybridFusion
{
    /// <summary>
    /// The weighted sum of their scores, each divided by the largest that its model gives this customer: a model counts by its weight, whatever the range of its scores.
    /// A convex combination of normalised scores; Bruch, Gai and Ingber, ACM TOIS 42(1), 2023.
    /// </summary>
    Weighted = 0,

    /// <summary>
    /// The weighted sum of 1 / (60 + rank) over the models that give it a score above zero, ranks counted from 1: only the order that a model gives counts.
    /// Cormack, Clarke and Büttcher, SIGIR 2009.
    /// </summary>
    ReciprocalRank = 1,

    /// <summary>
    /// What a logistic model has learnt from offers that were taken and not taken: its features are the square roots of the normalised scores, what is
    /// known of the offer, and how much the customer did. The result is log odds, so that a probability comes with it. Stacked generalization; Wolpert, Neural Networks 5(2), 1992.
    /// </summary>
    Stacked = 2,

    /// <summary>
    /// The weighted sum of the square roots of the normalised scores, each with its sign: as <see cref="Weighted"/>, but a model speaks less of the one thing that a customer does most and more of everything else that it knows of them.
    /// The power transform that stabilises the variance of counts; Bartlett, Journal of the Royal Statistical Society 3(1), 1936.
    /// </summary>
    WeightedRoots = 3,
}
