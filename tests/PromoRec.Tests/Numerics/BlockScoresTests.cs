using PromoRec.Numerics;

namespace PromoRec.Tests.Numerics;

public class BlockScoresTests
{
    public static TheoryData<int, int, int> Shapes { get; } = new()
    {
        { 1, 1, 1 }, { 3, 7, 5 }, { 2, 2, 16 }, { 5, 9, 17 }, { 4, 130, 64 }, { 7, 65, 100 }, { 3, 33, 192 }, { 0, 4, 8 }, { 4, 0, 8 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_score_of_many_to_many_has_the_bits_of_Dot(int queryCount, int rowCount, int factors)
    {
        FactorMatrix queries = Vectors.RandomMatrix(queryCount + 3, factors, 1), rows = Vectors.RandomMatrix(rowCount + 3, factors, 2);
        var expected = new float[queryCount * rowCount];
        for (int query = 0; query < queryCount; query++)
        {
            for (int row = 0; row < rowCount; row++)
            {
                expected[(query * rowCount) + row] = VectorMath.Dot(queries.Row(query + 1), rows.Row(row + 2));
            }
        }

        var scores = new float[expected.Length];
        BlockScores.ManyToMany(queries, 1, queryCount, rows, 2, rowCount, scores);
        Assert.Equal(Vectors.Bits(expected), Vectors.Bits(scores));

        int stride = rows.Stride;
        foreach (ManyKernel kernel in new ManyKernel[] { BlockScores.ManyToMany<Lanes512>, BlockScores.ManyToMany<Lanes256>, BlockScores.ManyToMany<Lanes128>, BlockScores.ManyToMany<LanesScalar> })
        {
            Array.Clear(scores);
            kernel(queries.Data.Slice(stride, queryCount * stride), rows.Data.Slice(2 * stride, rowCount * stride), stride, scores);
            Assert.Equal(Vectors.Bits(expected), Vectors.Bits(scores));
        }
    }

    [Fact]
    public void Every_score_of_one_to_many_has_the_bits_of_Dot_on_every_width()
    {
        foreach (int factors in new[] { 1, 15, 16, 17, 64, 100, 192 })
        {
            FactorMatrix rows = Vectors.RandomMatrix(23, factors, 3);
            ReadOnlySpan<float> query = Vectors.RandomMatrix(1, factors, 4).Row(0);
            for (int count = 0; count <= 20; count++)
            {
                var scores = new float[count];
                BlockScores.OneToMany(query, rows, 3, scores);
                var other = new float[count];
                foreach (OneKernel kernel in new OneKernel[] { BlockScores.OneToMany<Lanes512>, BlockScores.OneToMany<Lanes256>, BlockScores.OneToMany<Lanes128>, BlockScores.OneToMany<LanesScalar> })
                {
                    Array.Clear(other);
                    kernel(query, rows.Data.Slice(3 * rows.Stride, count * rows.Stride), other);
                    Assert.Equal(Vectors.Bits(scores), Vectors.Bits(other));
                }

                for (int row = 0; row < count; row++)
                {
                    Assert.Equal(Vectors.Bits(VectorMath.Dot(query, rows.Row(row + 3))), Vectors.Bits(scores[row]));
                }
            }
        }
    }

    [Fact]
    public void Rows_outside_the_matrix_and_other_strides_are_refused()
    {
        var rows = FactorMatrix.Create(4, 16);
        Assert.Throws<ArgumentOutOfRangeException>(() => BlockScores.OneToMany(new float[16], rows, 2, new float[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => BlockScores.OneToMany(new float[16], rows, -1, new float[1]));
        Assert.Throws<ArgumentException>(() => BlockScores.OneToMany(new float[32], rows, 0, new float[1]));
        Assert.Throws<ArgumentException>(() => BlockScores.ManyToMany(FactorMatrix.Create(1, 17), 0, 1, rows, 0, 1, new float[1]));
        Assert.Throws<ArgumentException>(() => BlockScores.ManyToMany(rows, 0, 2, rows, 0, 2, new float[3]));
    }

    private delegate void ManyKernel(ReadOnlySpan<float> queries, ReadOnlySpan<float> rows, int stride, Span<float> scores);

    private delegate void OneKernel(ReadOnlySpan<float> query, ReadOnlySpan<float> rows, Span<float> scores);
}
