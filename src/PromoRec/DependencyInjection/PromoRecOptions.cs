using PromoRec.Interactions;
using PromoRec.Models;
using PromoRec.Ranking;

namespace PromoRec;

/// <summary>How PromoRec works inside a host.</summary>
public sealed class PromoRecOptions
{
    /// <summary>The model file, of any family that ranks offers, that is loaded when the ranker is first resolved; null, as it is unless set, to start without a model and publish one later.</summary>
    /// <remarks>A path that is not rooted is taken from the current directory of the process.</remarks>
    public string? ModelPath { get; set; }

    /// <summary>How the file of <see cref="ModelPath"/> is loaded.</summary>
    public ModelLoadOptions ModelLoading { get; } = new();

    /// <summary>How offers are ranked.</summary>
    public RankingOptions Ranking { get; } = new();

    /// <summary>What each kind of event says about taste, for events since the model was trained. Use the weights of the training.</summary>
    public InteractionWeights Weights { get; } = new();
}
