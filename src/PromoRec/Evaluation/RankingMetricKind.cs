namespace PromoRec.Evaluation;

/// <summary>What a ranking metric measures. The formulas stand at <see cref="RankingMetrics"/>.</summary>
public enum RankingMetricKind
{
    /// <summary>"hr": whether anything relevant is in the first k.</summary>
    HitRate = 0,

    /// <summary>"precision": the relevant share of the first k places.</summary>
    Precision = 1,

    /// <summary>"recall": the share of all relevant ones that is in the first k.</summary>
    Recall = 2,

    /// <summary>"f1": the harmonic mean of precision and recall.</summary>
    F1 = 3,

    /// <summary>"ndcg": normalized discounted cumulative gain with binary gains.</summary>
    Ndcg = 4,

    /// <summary>"map": average precision; its mean over customers is MAP.</summary>
    AveragePrecision = 5,

    /// <summary>"mrr": reciprocal rank of the first relevant one; its mean over customers is MRR.</summary>
    ReciprocalRank = 6,

    /// <summary>"auc": probability that a relevant one stands before an irrelevant one; without a cut-off.</summary>
    Auc = 7,

    /// <summary>"coverage": the share of the catalog that is in anybody's first k. One figure for all customers together.</summary>
    Coverage = 8,

    /// <summary>"novelty": mean self-information, in bits, of the first k.</summary>
    Novelty = 9,
}
