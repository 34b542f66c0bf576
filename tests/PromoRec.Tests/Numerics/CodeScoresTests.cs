using PromoRec.Numerics;

namespace PromoRec.Tests.Numerics;

public class CodeScoresTests
{
    private delegate bool SixKernel(ReadOnlySpan<byte> codes, int stride, ReadOnlySpan<int> numbers, ReadOnlySpan<byte> panels, ReadOnlySpan<int> thresholds, Span<int> sums, Span<ulong> above);

    private delegate ulong OneKernel(ReadOnlySpan<byte> query, ReadOnlySpan<byte> panels, int threshold, Span<int> sums);

    [Theory]
    [InlineData(16)]
    [InlineData(64)]
    [InlineData(80)]
    [InlineData(144)]
    public void Sums_and_comparisons_are_those_of_plain_arithmetic_on_every_width(int stride)
    {
        const int Queries = 9;
        int[] numbers = [3, 0, 8, 8, 1, 5];
        var random = new SeededRandom(7, (ulong)stride);
        var queries = new byte[Queries * stride];
        foreach (ref byte code in queries.AsSpan())
        {
            // The extremes too, but seldom, so that halves stay in 16 bits.
            code = random.NextInt32(40) switch { 0 => 255, 1 => 1, _ => (byte)(108 + random.NextInt32(41)) };
        }

        sbyte[,] rows = new sbyte[CodeScores.BlockRows, stride];
        byte[] panels = PanelsOf(rows, stride, ref random);
        int[,] expected = new int[Queries, CodeScores.BlockRows];
        for (int query = 0; query < Queries; query++)
        {
            for (int row = 0; row < CodeScores.BlockRows; row++)
            {
                for (int i = 0; i < stride; i++)
                {
                    expected[query, row] += (queries[(query * stride) + i] - 128) * rows[row, i];
                }
            }
        }

        int[] thresholds = [0, expected[0, 5], int.MaxValue, int.MinValue, -700, 900];
        foreach (SixKernel kernel in new SixKernel[] { CodeScores.SixWithBlock, CodeScores.SixWithBlock<CodeLanes128>, CodeScores.SixWithBlock<CodeLanes256>, CodeScores.SixWithBlock<CodeLanes512> })
        {
            int[] sums = new int[6 * CodeScores.BlockRows];
            ulong[] above = new ulong[6];
            Assert.True(kernel(queries, stride, numbers, panels, thresholds, sums, above));
            for (int i = 0; i < 6; i++)
            {
                for (int row = 0; row < CodeScores.BlockRows; row++)
                {
                    int sum = expected[numbers[i], row];
                    Assert.Equal(sum, sums[(row / 16 * 6 * 16) + (i * 16) + (row % 16)]);
                    Assert.Equal(sum > thresholds[i], (above[i] >> row & 1) == 1);
                }
            }

            Assert.False(kernel(queries, stride, numbers, panels, [.. Enumerable.Repeat(int.MaxValue, 6)], sums, above));
        }

        foreach (OneKernel kernel in new OneKernel[] { CodeScores.OneWithBlock, CodeScores.OneWithBlock<CodeLanes128>, CodeScores.OneWithBlock<CodeLanes256>, CodeScores.OneWithBlock<CodeLanes512> })
        {
            int[] sums = new int[CodeScores.BlockRows];
            ulong above = kernel(queries.AsSpan(2 * stride, stride), panels, expected[2, 9], sums);
            for (int row = 0; row < CodeScores.BlockRows; row++)
            {
                Assert.Equal(expected[2, row], sums[row]);
                Assert.Equal(expected[2, row] > expected[2, 9], (above >> row & 1) == 1);
            }
        }
    }

    private static byte[] PanelsOf(sbyte[,] rows, int stride, ref SeededRandom random)
    {
        byte[] panels = new byte[CodeScores.BlockBytes(stride)];
        for (int row = 0; row < CodeScores.BlockRows; row++)
        {
            sbyte[] codes = new sbyte[stride];
            for (int i = 0; i < stride; i++)
            {
                codes[i] = rows[row, i] = (sbyte)(random.NextInt32(129) - 64);
            }

            CodeScores.SetRow(panels, row, codes);
        }

        return panels;
    }
}
