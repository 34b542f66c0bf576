namespace PromoRec.Evaluation;

/// <summary>How rankings are evaluated.</summary>
public sealed class EvaluationOptions
{
    /// <summary>What happens to test customers that the model does not know: they get its popular items, unless set.</summary>
    public UnknownUserHandling UnknownUsers { get; set; } = UnknownUserHandling.Popularity;

    /// <summary>
    /// Whether the items a customer has in the training data are ranked for them too. False unless set: then nobody is recommended what
    /// they have, and test pairs that are in the training data cannot be found and are left out. Candidate lists are ranked as they are.
    /// </summary>
    public bool RankSeenItems { get; set; }

    /// <summary>How often customers are resampled for the confidence intervals: 0, for none, to 1,000,000; 1,000 unless set.</summary>
    public int Resamples { get; set; } = 1_000;

    /// <summary>Confidence of the intervals: above 0 and below 1, 0.95 unless set.</summary>
    public double ConfidenceLevel { get; set; } = 0.95;

    /// <summary>Seed of the resampling.</summary>
    public ulong Seed { get; set; } = 1;

    /// <summary>Threads to use: 1 or more, or 0 for one a processor. The figures do not depend on it. 0 unless set.</summary>
    public int Threads { get; set; }

    internal EvaluationOptions Copy() => (EvaluationOptions)MemberwiseClone();
}
