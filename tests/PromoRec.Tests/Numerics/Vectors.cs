using FsCheck;
using FsCheck.Fluent;
using PromoRec.Numerics;

namespace PromoRec.Tests.Numerics;

/// <summary>Inputs and comparisons that the numerics tests share.</summary>
internal static class Vectors
{
    /// <summary>Two vectors of one length from 0 to 260, with magnitudes from 2⁻²⁰ to 2²⁰.</summary>
    public static Arbitrary<(float[] X, float[] Y)> Pairs { get; } =
        (from length in Gen.Choose(0, 260)
         from x in Component.ArrayOf(length)
         from y in Component.ArrayOf(length)
         select (x, y)).ToArbitrary();

    private static Gen<float> Component =>
        from mantissa in Gen.Choose(-(1 << 24), 1 << 24)
        from exponent in Gen.Choose(-44, -4)
        select MathF.ScaleB(mantissa, exponent);

    public static float[] Random(int length, ulong seed)
    {
        var random = new SeededRandom(seed);
        var vector = new float[length];
        for (int i = 0; i < length; i++)
        {
            vector[i] = (float)random.NextGaussian();
        }

        return vector;
    }

    public static FactorMatrix RandomMatrix(int rows, int factors, ulong seed)
    {
        var matrix = FactorMatrix.Create(rows, factors);
        var random = new SeededRandom(seed);
        for (int row = 0; row < rows; row++)
        {
            foreach (ref float value in matrix.Row(row)[..factors])
            {
                value = (float)random.NextGaussian();
            }
        }

        return matrix;
    }

    public static int Bits(float value) => BitConverter.SingleToInt32Bits(value);

    public static int[] Bits(ReadOnlySpan<float> values)
    {
        var bits = new int[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            bits[i] = Bits(values[i]);
        }

        return bits;
    }
}
