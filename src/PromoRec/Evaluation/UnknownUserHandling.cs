namespace PromoRec.Evaluation;

/// <summary>What an evaluation does with test customers that the model does not know.</summary>
public enum UnknownUserHandling
{
    /// <summary>They get the model's popular items, as they would in production, and count like everybody else.</summary>
    Popularity = 0,

    /// <summary>They are left out of the figures and counted in <see cref="EvaluationResult.SkippedUsers"/>.</summary>
    Exclude = 1,
}
