using PromoRec.Numerics;

namespace PromoRec.Tests.Numerics;

/// <summary>Products of pairs beside plain sums over common columns, and lists beside sorting.</summary>
public class RowPairsTests
{
    public static TheoryData<int, int, double, bool, bool> Cases()
    {
        TheoryData<int, int, double, bool, bool> cases = [];
        foreach (bool flags in new[] { true, false })
        {
            foreach (bool once in new[] { true, false })
            {
                cases.Add(1, 3, 0.9, flags, once);
                cases.Add(40, 30, 0.4, flags, once);
                cases.Add(700, 60, 0.01, flags, once);
                cases.Add(700, 60, 0.2, flags, once);
            }
        }

        // More rows than two bytes tell apart.
        cases.Add((1 << 16) + 50, 400, 0.002, false, true);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Candidates_have_the_bits_of_plain_sums_and_none_that_matters_is_missing(int rows, int columns, double density, bool flags, bool once)
    {
        CsrMatrix matrix = Random(rows, columns, density, flags);
        var pairs = RowPairs.Create(matrix, threads: 2, once);
        float[] scales = [.. pairs.Order.Select((_, label) => 0.5f + (label % 3))];
        float[] thresholds = [.. pairs.Order.Select((_, label) => label % 4 == 0 ? 0 : 1.5f * (label % 4))];
        var candidates = new PairCandidates(pairs, countsTerms: true);
        const float Own = 2.5f;

        Assert.Equal(Enumerable.Range(0, rows), pairs.Order.Order());
        for (int label = 0; label < rows; label += 1 + (rows / 500))
        {
            Dictionary<int, (float Sum, int Terms)> found = [];
            candidates.Multiply(label);
            while (candidates.MoveNext(2, scales, Own, thresholds, out ReadOnlySpan<(int Label, float Sum, int Terms)> some))
            {
                foreach ((int other, float sum, int terms) in some)
                {
                    found.Add(other, (sum, terms));
                }
            }

            for (int other = once ? label + 1 : 0; other < rows; other += 1 + (rows / 1000))
            {
                (float sum, int terms) = Plain(matrix, pairs.Order[label], pairs.Order[other]);
                bool matters = sum > 0 && (sum * 2 * scales[other] >= Own || sum * 2 * scales[other] >= thresholds[other]);
                Assert.Equal(matters, found.ContainsKey(other));
                Assert.True(!matters || found[other] == (sum, terms));
            }

            Assert.True(!once || found.Keys.All(other => other > label));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(50)]
    public void Lists_keep_what_sorting_puts_first_whatever_the_threads(int capacity)
    {
        var random = new SeededRandom(4);
        (int List, ScoredRow Row)[] all = [.. Enumerable.Range(0, 6000).Select(row => (random.NextInt32(7), new ScoredRow(row, (1 + random.NextInt32(40)) / 8f)))];
        var lists = new TopKLists(8, capacity);
        Parallel.ForEach(all.Reverse(), one => lists.Add(one.List, one.Row));

        for (int list = 0; list < 8; list++)
        {
            ScoredRow[] expected = [.. all.Where(one => one.List == list).Select(one => one.Row).OrderByDescending(row => row.Score).ThenBy(row => row.Row).Take(capacity)];
            Assert.Equal(expected.OrderBy(row => row.Row), lists.KeptOf(list));
            Assert.True(lists.Thresholds[list] <= (expected.Length == capacity ? expected[^1].Score : 0));
        }
    }

    private static (float Sum, int Terms) Plain(CsrMatrix matrix, int row, int other)
    {
        float sum = 0;
        int terms = 0;
        var common = new CommonColumns(matrix.ColumnsOf(row), matrix.ColumnsOf(other));
        while (common.MoveNext())
        {
            sum = MathF.FusedMultiplyAdd(matrix.ValuesOf(row)[common.Left], matrix.ValuesOf(other)[common.Right], sum);
            terms++;
        }

        return (sum, terms);
    }

    private static CsrMatrix Random(int rows, int columns, double density, bool flags)
    {
        var random = new SeededRandom(8);
        List<long> offsets = [0];
        List<int> stored = [];
        List<float> values = [];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                if (random.NextDouble() < density * (1 + (row % 3)))
                {
                    stored.Add(column);
                    values.Add(flags ? 1 : (float)(random.NextDouble() - 0.2));
                }
            }

            offsets.Add(stored.Count);
        }

        return new CsrMatrix(columns, offsets.ToArray(), stored.ToArray(), values.ToArray());
    }
}
