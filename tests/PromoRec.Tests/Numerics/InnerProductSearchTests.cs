using PromoRec.Numerics;

namespace PromoRec.Tests.Numerics;

public class InnerProductSearchTests
{
    /// <summary>What the numbers of a table are like.</summary>
    public enum Table
    {
        Gaussian,
        LogNormalLengths,
        EqualLengths,
        SmallWholeNumbers,
        Duplicates,
        MostlyZeros,
        OneLargeComponent,
        Huge,
        OutOfRange,
        NoNumbers,
        Tiny,
        Denormal,
        EveryMagnitude,
        Negative,
    }

    public static TheoryData<Table, int, int> Tables
    {
        get
        {
            var data = new TheoryData<Table, int, int>();
            foreach (Table table in Enum.GetValues<Table>())
            {
                data.Add(table, 500, 20);
                data.Add(table, 130, 64);
                data.Add(table, 290, 150);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void The_best_rows_are_those_of_scoring_all_of_them(Table table, int rows, int factors)
    {
        FactorMatrix items = Make(table, rows, factors, 1);
        foreach (Table asked in new[] { table, Table.Gaussian })
        {
            FactorMatrix queries = Make(asked, 9, factors, 2);
            var search = new InnerProductSearch();
            var index = InnerProductIndex.Of(items);
            foreach ((int count, int left) in new[] { (1, 0), (20, 3), (20, 1), (rows / 4, 0), (rows + 5, 3) })
            {
                AssertSame(search, index, queries, 1, count, left);
                AssertSame(search, index, queries, 9, count, left);
            }
        }
    }

    [Fact]
    public void Many_equal_rows_are_found_in_their_order()
    {
        // More of them than are kept with bounds, at one end of the lengths and at the other.
        FactorMatrix items = FactorMatrix.Create(1_500, 16);
        for (int row = 0; row < items.Rows; row++)
        {
            items.Row(row)[row % 3 == 0 ? 0 : 1] = row % 3 == 0 ? 2 : -1;
        }

        FactorMatrix queries = FactorMatrix.Create(3, 16);
        queries.Row(0)[0] = 1;
        queries.Row(1)[0] = -1;
        queries.Row(2)[1] = 1;
        foreach (int left in new[] { 0, 2 })
        {
            AssertSame(new InnerProductSearch(), InnerProductIndex.Of(items), queries, 3, 10, left);
        }
    }

    [Fact]
    public void A_table_without_rows_has_no_best_one()
    {
        var found = new int[1];
        new InnerProductSearch().Find(InnerProductIndex.Of(FactorMatrix.Create(0, 8)), Vectors.RandomMatrix(1, 8, 1), [0], new Choice(0), 3, new ScoredRow[3], found);
        Assert.Equal(0, found[0]);
    }

    [Theory]
    [InlineData(Table.Gaussian)]
    [InlineData(Table.LogNormalLengths)]
    [InlineData(Table.OneLargeComponent)]
    [InlineData(Table.Tiny)]
    [InlineData(Table.Denormal)]
    [InlineData(Table.EveryMagnitude)]
    public void Every_score_lies_within_the_bounds_that_the_codes_give(Table table)
    {
        foreach (int factors in new[] { 3, 16, 64, 150, 300 })
        {
            FactorMatrix items = Make(table, 200, factors, 3), queries = Make(table, 10, factors, 4);
            var index = InnerProductIndex.Of(items);
            byte[] codes = new byte[queries.Stride];
            int[] sums = new int[CodeScores.BlockRows];
            for (int query = 0; query < queries.Rows; query++)
            {
                double length = Math.Sqrt(queries.Row(query).ToArray().Sum(x => (double)x * x));
                var coded = CodedQuery.Encode(queries.Row(query), length, index.LargestPartOfCodes, codes);
                for (int block = 0; block < index.Blocks.Length; block++)
                {
                    CodeScores.OneWithBlock(codes, index.PanelsOf(block), 0, sums);
                    for (int i = 0; i < sums.Length && (block * sums.Length) + i < items.Rows; i++)
                    {
                        RowBlock bounds = index.Blocks[block];
                        double score = VectorMath.Dot(queries.Row(query), items.Row(index.RowAt[(block * sums.Length) + i]));
                        (double estimate, double error) = coded.Estimate(sums[i], bounds);
                        Assert.InRange(score, estimate - error, estimate + error);
                        Assert.True(score <= coded.Most(bounds.Length));

                        // So a row that reaches a score exceeds the threshold for it.
                        Assert.True(sums[i] > coded.ThresholdFor(score, bounds));
                    }
                }
            }
        }
    }

    [Fact]
    public void The_bounds_are_narrow()
    {
        FactorMatrix items = Make(Table.EqualLengths, 640, 64, 5), queries = Make(Table.EqualLengths, 10, 64, 6);
        var index = InnerProductIndex.Of(items);
        byte[] codes = new byte[queries.Stride];
        for (int query = 0; query < queries.Rows; query++)
        {
            var coded = CodedQuery.Encode(queries.Row(query), 1, index.LargestPartOfCodes, codes);
            Assert.All(index.Blocks.ToArray(), block => Assert.InRange(coded.Estimate(0, block).Error, 0, 0.028));
        }
    }

    private static void AssertSame(InnerProductSearch search, InnerProductIndex index, FactorMatrix queries, int group, int count, int left)
    {
        var choice = new Choice(left);
        int[] numbers = [.. Enumerable.Range(0, group).Select(query => (query * 7) % queries.Rows)];
        var best = new ScoredRow[group * count];
        var found = new int[group];
        search.Find(index, queries, numbers, choice, count, best, found);
        for (int query = 0; query < group; query++)
        {
            var expected = new ScoredRow[count];
            var top = new TopK(expected);
            for (int row = 0; row < index.Rows.Rows; row++)
            {
                if (choice.OrderOf(query, row) >= 0)
                {
                    top.Add(choice.OrderOf(query, row), VectorMath.Dot(queries.Row(numbers[query]), index.Rows.Row(row)));
                }
            }

            Assert.Equal(expected[..top.Finish()], best.AsSpan(query * count, found[query]).ToArray());
        }
    }

    private static FactorMatrix Make(Table table, int rows, int factors, ulong seed)
    {
        FactorMatrix matrix = Vectors.RandomMatrix(rows, factors, seed);
        var random = new SeededRandom(seed, 9);
        for (int row = 0; row < rows; row++)
        {
            Span<float> vector = matrix.Row(row)[..factors];
            switch (table)
            {
                case Table.LogNormalLengths:
                    Scale(vector, MathF.Exp((float)random.NextGaussian()));
                    break;
                case Table.EqualLengths:
                    Scale(vector, 1 / VectorMath.Norm(vector));
                    break;
                case Table.SmallWholeNumbers:
                    Round(vector, 1);
                    break;
                case Table.Duplicates:
                    matrix.Row(random.NextInt32(Math.Min(rows, 25)))[..factors].CopyTo(vector);
                    break;
                case Table.MostlyZeros when row % 9 != 0:
                    vector.Clear();
                    break;
                case Table.OneLargeComponent:
                    vector[0] = 500;
                    break;
                case Table.Huge:
                    Scale(vector, 1e16f);
                    break;
                case Table.OutOfRange:
                    Scale(vector, 3e19f);
                    break;
                case Table.NoNumbers when row % 11 == 0:
                    vector[random.NextInt32(factors)] = (row % 3) switch { 0 => float.NaN, 1 => float.PositiveInfinity, _ => float.NegativeInfinity };
                    break;
                case Table.Tiny:
                    Scale(vector, 1e-20f);
                    break;
                case Table.Denormal:
                    Scale(vector, 1e-41f);
                    break;
                case Table.EveryMagnitude:
                    Scale(vector, MathF.ScaleB(1, random.NextInt32(80) - 40));
                    break;
                case Table.Negative:
                    Scale(vector, 0);
                    vector[0] = (seed % 2 == 1 ? -1 : 1) * (1 + random.NextInt32(40));
                    break;
            }
        }

        return matrix;
    }

    private static void Scale(Span<float> vector, float factor)
    {
        foreach (ref float component in vector)
        {
            component *= factor;
        }
    }

    private static void Round(Span<float> vector, float step)
    {
        foreach (ref float component in vector)
        {
            component = MathF.Round(component / step) * step;
        }
    }

    /// <summary>Leaves out every row whose number is a multiple of some number, shifted by the query; of 1 all but some ten.</summary>
    private readonly struct Choice(int left) : IRowChoice
    {
        public int OrderOf(int query, int row) => left switch
        {
            0 => row,
            1 => row % 50 == query ? row : -1,
            _ => (row + query) % left == 0 ? -1 : row,
        };
    }
}
