using PromoRec.Datasets;
using PromoRec.Models;
using PromoRec.Numerics;

namespace PromoRec.Tests.Evaluation;

/// <summary>Models with chosen factors, for tests that know the right answer.</summary>
internal static class SmallModel
{
    /// <summary>A model of the given vectors, in any order of the ids.</summary>
    public static FactorModel Create(
        IReadOnlyDictionary<string, float[]> users,
        IReadOnlyDictionary<string, float[]> items,
        params (string User, string Item)[] seen)
    {
        (IdIndex userIndex, FactorMatrix userFactors) = Side(users);
        (IdIndex itemIndex, FactorMatrix itemFactors) = Side(items);
        CsrMatrix byUser = Pairs(userIndex, itemIndex, seen);
        var popularity = new float[itemIndex.Count];
        foreach (int item in byUser.AllColumns)
        {
            popularity[item]++;
        }

        var history = new InteractionHistory(byUser, Empty(userIndex.Count, itemIndex.Count), IdIndex.Empty, Empty(userIndex.Count, 0), popularity);
        var objective = new ImplicitObjective(0.1, 1, 1, false, 0.1, false);
        return new FactorModel(userIndex, itemIndex, userFactors, itemFactors, objective, history, new ModelManifest { Version = "small", Algorithm = "test" });
    }

    /// <summary>Customers u0, u1, ... and items i0, i1, ... with random vectors of few distinct values, so that scores tie; each customer has about a tenth of the items.</summary>
    public static FactorModel Random(int users, int items, int factors, ulong seed)
    {
        var random = new SeededRandom(seed);
        Dictionary<string, float[]> userVectors = Vectors("u", users, factors, ref random);
        Dictionary<string, float[]> itemVectors = Vectors("i", items, factors, ref random);
        var seen = new List<(string, string)>();
        for (int user = 0; user < users; user++)
        {
            for (int item = 0; item < items; item++)
            {
                if (random.NextInt32(10) == 0)
                {
                    seen.Add(($"u{user}", $"i{item}"));
                }
            }
        }

        return Create(userVectors, itemVectors, [.. seen]);
    }

    private static Dictionary<string, float[]> Vectors(string prefix, int count, int factors, ref SeededRandom random)
    {
        var vectors = new Dictionary<string, float[]>();
        for (int row = 0; row < count; row++)
        {
            var vector = new float[factors];
            for (int factor = 0; factor < factors; factor++)
            {
                vector[factor] = random.NextInt32(5) - 2;
            }

            vectors.Add(prefix + row, vector);
        }

        return vectors;
    }

    private static (IdIndex Index, FactorMatrix Factors) Side(IReadOnlyDictionary<string, float[]> vectors)
    {
        IdValue[] ids = [.. vectors.Keys.Select(id => new IdValue(id, nameof(vectors))).Order()];
        FactorMatrix factors = FactorMatrix.Create(ids.Length, vectors.Values.First().Length);
        for (int row = 0; row < ids.Length; row++)
        {
            vectors[ids[row].ToString()].CopyTo(factors.Row(row));
        }

        return (IdIndex.FromSorted(ids), factors);
    }

    private static CsrMatrix Pairs(IdIndex users, IdIndex items, (string User, string Item)[] pairs)
    {
        var rows = new SortedSet<int>[users.Count];
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row] = [];
        }

        foreach ((string user, string item) in pairs)
        {
            Assert.True(users.TryGetRow(new IdValue(user, nameof(pairs)), out int userRow));
            Assert.True(items.TryGetRow(new IdValue(item, nameof(pairs)), out int itemRow));
            rows[userRow].Add(itemRow);
        }

        var offsets = new long[rows.Length + 1];
        for (int row = 0; row < rows.Length; row++)
        {
            offsets[row + 1] = offsets[row] + rows[row].Count;
        }

        int[] columns = [.. rows.SelectMany(row => row)];
        float[] values = [.. columns.Select(_ => 1f)];
        return new CsrMatrix(items.Count, offsets, columns, values);
    }

    private static CsrMatrix Empty(int rows, int columns) => new(columns, new long[rows + 1], ReadOnlyMemory<int>.Empty, ReadOnlyMemory<float>.Empty);
}
