namespace PromoRec.Numerics;

/// <summary>What is known of all rows of a block of an <see cref="InnerProductIndex"/>.</summary>
/// <param name="Scale">What a code of 1 stands for.</param>
/// <param name="Residual">Largest length of what the codes of a row leave out.</param>
/// <param name="Length">Largest length of a row.</param>
internal readonly record struct RowBlock(double Scale, double Residual, double Length)
{
    /// <summary>1 / scale.</summary>
    public double Inverse { get; } = 1 / Scale;
}
