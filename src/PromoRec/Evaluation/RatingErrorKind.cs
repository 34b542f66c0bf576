namespace PromoRec.Evaluation;

/// <summary>How the errors of predicted ratings become one number. The lower, the better.</summary>
public enum RatingErrorKind
{
    /// <summary>Square root of the mean of (predicted - true)²: large errors count more.</summary>
    RootMeanSquared = 0,

    /// <summary>Mean of |predicted - true|.</summary>
    MeanAbsolute = 1,
}
