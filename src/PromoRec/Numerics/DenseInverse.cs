namespace PromoRec.Numerics;

/// <summary>The inverse of a small symmetric positive definite block, in double.</summary>
internal static class DenseInverse
{
    /// <summary>Inverts the block of a matrix that starts on its diagonal; only its lower triangle is read.</summary>
    /// <param name="a">The matrix.</param>
    /// <param name="first">First row and column of the block.</param>
    /// <param name="size">Order of the block.</param>
    /// <param name="inverse">The inverse, size × size.</param>
    /// <returns>False when the block is not positive definite.</returns>
    public static bool TryCompute(FactorMatrix a, int first, int size, out double[] inverse)
    {
        inverse = new double[size * size];
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                inverse[(row * size) + column] = inverse[(column * size) + row] = a.Row(first + row)[first + column];
            }
        }

        // The sweep operator again, a row at a time; both triangles are kept up, because the block is small.
        for (int k = 0; k < size; k++)
        {
            double pivot = inverse[(k * size) + k];
            if (!(pivot > 0) || !double.IsFinite(pivot))
            {
                return false;
            }

            Sweep(inverse, size, k, 1 / pivot);
        }

        for (int i = 0; i < inverse.Length; i++)
        {
            inverse[i] = -inverse[i];
        }

        return true;
    }

    private static void Sweep(double[] a, int size, int k, double reciprocal)
    {
        for (int row = 0; row < size; row++)
        {
            double factor = a[(row * size) + k] * reciprocal;
            for (int column = 0; row != k && column < size; column++)
            {
                if (column != k)
                {
                    a[(row * size) + column] -= factor * a[(k * size) + column];
                }
            }
        }

        for (int i = 0; i < size; i++)
        {
            a[(i * size) + k] *= reciprocal;
            a[(k * size) + i] = a[(i * size) + k];
        }

        a[(k * size) + k] = -reciprocal;
    }
}
