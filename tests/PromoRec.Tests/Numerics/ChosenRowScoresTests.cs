using PromoRec.Numerics;

namespace PromoRec.Tests.Numerics;

public class ChosenRowScoresTests
{
    private delegate void Kernel(ReadOnlySpan<float> query, ReadOnlySpan<float> matrix, ReadOnlySpan<int> rows, Span<float> scores);

    [Fact]
    public void Every_score_has_the_bits_of_Dot_on_every_width()
    {
        foreach (int factors in new[] { 1, 15, 16, 17, 64, 100, 192 })
        {
            FactorMatrix matrix = Vectors.RandomMatrix(23, factors, 3);
            ReadOnlySpan<float> query = Vectors.RandomMatrix(1, factors, 4).Row(0);
            var random = new SeededRandom(5);
            for (int count = 0; count <= 11; count++)
            {
                int[] rows = new int[count];
                var expected = new float[count];
                for (int i = 0; i < count; i++)
                {
                    // Any order, some of them twice.
                    rows[i] = random.NextInt32(matrix.Rows);
                    expected[i] = VectorMath.Dot(query, matrix.Row(rows[i]));
                }

                var scores = new float[count + 1];
                scores[count] = 7;
                ChosenRowScores.Compute(query, matrix, rows, scores);
                Assert.Equal(Vectors.Bits([.. expected, 7]), Vectors.Bits(scores));
                foreach (Kernel kernel in new Kernel[] { ChosenRowScores.Compute<Lanes512>, ChosenRowScores.Compute<Lanes256>, ChosenRowScores.Compute<Lanes128>, ChosenRowScores.Compute<LanesScalar> })
                {
                    Array.Clear(scores);
                    kernel(query, matrix.Data, rows, scores);
                    Assert.Equal(Vectors.Bits([.. expected, 0]), Vectors.Bits(scores));
                }
            }
        }
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        FactorMatrix matrix = Vectors.RandomMatrix(9, 20, 3);
        Assert.Throws<ArgumentException>(() => ChosenRowScores.Compute(new float[16], matrix, [1], new float[1]));
        Assert.Throws<ArgumentException>(() => ChosenRowScores.Compute(new float[32], matrix, [1, 2], new float[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ChosenRowScores.Compute(new float[32], matrix, [9], new float[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ChosenRowScores.Compute(new float[32], matrix, [-1], new float[1]));
    }
}
