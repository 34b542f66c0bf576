using PromoRec.Interactions;
using PromoRec.Ranking;

namespace PromoRec;

/// <summary>How PromoRec works inside a host.</summary>
public sealed class PromoRecOptions
{
    /// <summary>The model file that is loaded when the ranker is first resolved; null, as it is unless set, to start without a model and publish one later.</summary>
    public string? ModelPath { get; set; }

    /// <summary>How offers are ranked.</summary>
    public RankingOptions Ranking { get; } = new();

    /// <summary>What each kind of event says about taste, for events since the model was trained. Use the weights of the training.</summary>
    public InteractionWeights Weights { get; } = new();
}
