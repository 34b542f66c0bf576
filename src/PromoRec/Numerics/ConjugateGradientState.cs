namespace PromoRec.Numerics;

/// <summary>How far one of several systems has come.</summary>
/// <param name="squared">Squared norm of the residual.</param>
/// <param name="enough">Squared norm of the residual that is good enough.</param>
internal struct ConjugateGradientState(float squared, float enough)
{
    /// <summary>Squared norm of the residual that is good enough.</summary>
    public float Enough { get; } = enough;

    /// <summary>Squared norm of the residual before the last step; NaN where the numbers have left single precision.</summary>
    public float Squared { get; set; } = squared;

    /// <summary>Steps done.</summary>
    public int Steps { get; set; }
}
