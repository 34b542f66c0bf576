namespace PromoRec;

/// <summary>Why a tier answered, and not a higher one.</summary>
public enum RankTierReason
{
    /// <summary>It is the highest that the model in use has.</summary>
    Highest = 0,

    /// <summary>There is no model yet.</summary>
    NoModel = 1,

    /// <summary>The higher ones know nothing of this customer that tells the offers apart.</summary>
    NothingKnown = 2,

    /// <summary>A higher one did not beat it when they were compared, so it may not serve; see <c>HybridModel.Ladder</c>.</summary>
    HigherDidNotWin = 3,
}
