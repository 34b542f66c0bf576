namespace PromoRec.Models.Linear;

/// <summary>What a linear model was trained to make small.</summary>
public enum LinearLoss
{
    /// <summary>ln(1 + exp(-y · score)) with y = 1 or -1: logistic regression. Scores are log odds.</summary>
    Logistic = 0,

    /// <summary>½ (score - target)²: ridge, lasso and elastic-net regression. Scores predict the target.</summary>
    Squared = 1,

    /// <summary>max(0, 1 - y · score): the linear support vector machine.</summary>
    Hinge = 2,

    /// <summary>max(0, 1 - y · score)²: the linear support vector machine with a smooth loss.</summary>
    SquaredHinge = 3,
}
