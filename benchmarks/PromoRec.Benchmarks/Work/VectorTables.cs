using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using PromoRec.Numerics;

namespace PromoRec.Benchmarks.Work;

/// <summary>Items and customers as vectors, for searches for the largest inner products.</summary>
/// <param name="Name">What they are like.</param>
/// <param name="Items">Items × factors.</param>
/// <param name="Customers">Customers × factors.</param>
internal sealed record VectorTables(string Name, FactorMatrix Items, FactorMatrix Customers)
{
    private const int ItemCount = 100_000;
    private const int CustomerCount = 10_000;
    private const int Clusters = 300;

    /// <summary>Items round 300 directions with log-normal lengths, customers between three of the directions.</summary>
    public static VectorTables Clustered(int factors)
    {
        var random = new SeededRandom(11, (ulong)factors);
        FactorMatrix centres = Gaussian(Clusters, factors, ref random);
        FactorMatrix items = FactorMatrix.Create(ItemCount, factors), customers = FactorMatrix.Create(CustomerCount, factors);
        float unit = 1 / MathF.Sqrt(factors);
        for (int row = 0; row < items.Rows; row++)
        {
            ReadOnlySpan<float> centre = centres.Row(random.NextInt32(Clusters));
            float length = unit * (float)Math.Exp(-1 + (0.6 * random.NextGaussian()));
            for (int i = 0; i < factors; i++)
            {
                items.Row(row)[i] = length * 0.7f * (centre[i] + (float)random.NextGaussian());
            }
        }

        for (int row = 0; row < customers.Rows; row++)
        {
            // Three weights that sum to 1, all such triples alike.
            double[] shares = [-Math.Log(1 - random.NextDouble()), -Math.Log(1 - random.NextDouble()), -Math.Log(1 - random.NextDouble())];
            foreach (double share in shares)
            {
                VectorMath.AddScaled(unit * (float)(share / shares.Sum()), centres.Row(random.NextInt32(Clusters)), customers.Row(row));
            }

            foreach (ref float component in customers.Row(row)[..factors])
            {
                component += unit * 0.5f * (float)random.NextGaussian();
            }
        }

        return new VectorTables("clustered", items, customers);
    }

    /// <summary>Every direction alike and every length 1: nothing about a vector says that it can be passed over.</summary>
    public static VectorTables EqualLengths(int factors)
    {
        var random = new SeededRandom(12, (ulong)factors);
        return new VectorTables("equal lengths", Normalized(Gaussian(ItemCount, factors, ref random)), Normalized(Gaussian(CustomerCount, factors, ref random)));
    }

    /// <summary>Writes both tables for numpy, as float32.</summary>
    public void Write(string folder)
    {
        string name = $"{Name.Replace(' ', '-')}-{Items.Factors}";
        WriteNpy(Path.Combine(folder, $"{name}.items.npy"), Items);
        WriteNpy(Path.Combine(folder, $"{name}.customers.npy"), Customers);
    }

    private static void WriteNpy(string path, FactorMatrix matrix)
    {
        string shape = string.Create(CultureInfo.InvariantCulture, $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({matrix.Rows}, {matrix.Factors}), }}");
        string header = shape.PadRight(117) + '\n';
        using FileStream file = File.Create(path);
        file.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header)]);
        for (int row = 0; row < matrix.Rows; row++)
        {
            file.Write(MemoryMarshal.AsBytes(matrix.Row(row)[..matrix.Factors]));
        }
    }

    private static FactorMatrix Gaussian(int rows, int factors, ref SeededRandom random)
    {
        FactorMatrix matrix = FactorMatrix.Create(rows, factors);
        for (int row = 0; row < rows; row++)
        {
            foreach (ref float component in matrix.Row(row)[..factors])
            {
                component = (float)random.NextGaussian();
            }
        }

        return matrix;
    }

    private static FactorMatrix Normalized(FactorMatrix matrix)
    {
        for (int row = 0; row < matrix.Rows; row++)
        {
            float length = VectorMath.Norm(matrix.Row(row));
            foreach (ref float component in matrix.Row(row))
            {
                component /= length;
            }
        }

        return matrix;
    }
}
