using PromoRec.Numerics;

namespace PromoRec.Benchmarks.Numerics;

/// <summary>Seeded factors for benchmarks.</summary>
internal static class Rows
{
    public static FactorMatrix Random(int rows, int factors, ulong seed)
    {
        var matrix = FactorMatrix.Create(rows, factors);
        for (int row = 0; row < rows; row++)
        {
            var random = new SeededRandom(seed, (ulong)row);
            foreach (ref float value in matrix.Row(row)[..factors])
            {
                value = (float)random.NextGaussian();
            }
        }

        return matrix;
    }
}
