namespace PromoRec.Models.Ratings;

/// <summary>How long, and by which steps, biases and factors follow the gradient.</summary>
/// <param name="Epochs">Passes over the ratings.</param>
/// <param name="LearningRate">Size γ of a step.</param>
/// <param name="Regularization">Weight λ of the squared biases and factors.</param>
internal readonly record struct GradientDescent(int Epochs, double LearningRate, double Regularization)
{
    /// <summary>Most passes over the ratings.</summary>
    public const int MaxEpochs = 10_000;

    /// <summary>What one step leaves of a factor, apart from what it adds: 1 − γλ.</summary>
    public float Keep => (float)(1 - (LearningRate * Regularization));
}
