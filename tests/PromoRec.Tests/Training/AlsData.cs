using PromoRec.Datasets;
using PromoRec.Numerics;

namespace PromoRec.Tests.Training;

/// <summary>Small datasets for training tests.</summary>
internal static class AlsData
{
    /// <summary>Random values: about a third of the pairs observed, a tenth of those negative.</summary>
    public static double[,] Random(int users, int items, ulong seed)
    {
        var random = new SeededRandom(seed);
        var values = new double[users, items];
        for (int u = 0; u < users; u++)
        {
            for (int i = 0; i < items; i++)
            {
                if (random.NextDouble() < 0.33)
                {
                    double size = (float)(0.5 + (2 * random.NextDouble()));
                    values[u, i] = random.NextDouble() < 0.1 ? -size : size;
                }
            }
        }

        return values;
    }

    public static InteractionDataset Dataset(double[,] values)
    {
        int users = values.GetLength(0), items = values.GetLength(1);
        List<long> offsets = [0];
        List<int> columns = [];
        List<float> stored = [];
        for (int u = 0; u < users; u++)
        {
            for (int i = 0; i < items; i++)
            {
                if (values[u, i] != 0)
                {
                    columns.Add(i);
                    stored.Add((float)values[u, i]);
                }
            }

            offsets.Add(columns.Count);
        }

        var byUser = new CsrMatrix(items, offsets.ToArray(), columns.ToArray(), stored.ToArray());
        var nothing = new CsrMatrix(items, new long[users + 1], Array.Empty<int>(), Array.Empty<float>());
        var noOffers = new CsrMatrix(0, new long[users + 1], Array.Empty<int>(), Array.Empty<float>());
        return new InteractionDataset(Ids("u", users), Ids("i", items), IdIndex.Empty, byUser, nothing, noOffers, new DataQualityReport(), "test");
    }

    public static double[,] ToDense(FactorMatrix factors)
    {
        var dense = new double[factors.Rows, factors.Factors];
        for (int row = 0; row < factors.Rows; row++)
        {
            for (int f = 0; f < factors.Factors; f++)
            {
                dense[row, f] = factors.Row(row)[f];
            }
        }

        return dense;
    }

    private static IdIndex Ids(string prefix, int count) =>
        IdIndex.FromSorted([.. Enumerable.Range(0, count).Select(n => new IdValue($"{prefix}{n:D6}", "id"))]);
}
