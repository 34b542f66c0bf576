using PromoRec.Datasets;

namespace PromoRec.Tests.Datasets;

public class PackedColumnTests
{
    public static TheoryData<string, long[], int> Columns => new()
    {
        { "constant", [7, 7, 7], 0 },
        { "one", [-5], 0 },
        { "bits", [0, 1, 1, 0, 1], 1 },
        { "whole seconds", [.. Enumerable.Range(0, 3_000).Select(i => 638_700_000_000_000_000 + (i * 37L % 1_000 * TimeSpan.TicksPerSecond))], 10 },
        { "none or a row", [-1, 3, -1, 8], 4 },
        { "everything", [long.MinValue, long.MaxValue, 0, -1, 1], 64 },
        { "wide", [0, (1L << 57) - 1, 1], 57 },
        { "too wide to be shifted", [0, (1L << 57) + 1, 5], 64 },
        { "values", [.. new[] { 1.0, 2.5, 3, -4, 0.5, 1 }.Select(BitConverter.DoubleToInt64Bits)], 13 },
        { "fractions", [.. Enumerable.Range(1, 500).Select(i => BitConverter.DoubleToInt64Bits(1.0 / i))], 56 },
    };

    [Theory]
    [MemberData(nameof(Columns))]
    public void Numbers_come_back_in_as_few_bits_as_their_spread_needs(string name, long[] numbers, int width)
    {
        // Two columns behind one another: neither may write over the other.
        var first = PackedColumn.For(numbers, 3);
        var second = PackedColumn.For(numbers, 3 + first.LengthOf(numbers.Length));
        var buffer = new byte[second.Start + second.LengthOf(numbers.Length) + PackedColumn.Slack];
        first.Write(numbers, buffer);
        second.Write(numbers, buffer);
        ushort[] some = [.. Enumerable.Range(0, numbers.Length).Where(i => i % 3 != 1).Select(i => (ushort)i)];
        foreach (PackedColumn column in new[] { first, second })
        {
            Assert.True(width == column.Width, $"{name}: {column.Width} bits");
            var all = new long[numbers.Length];
            var gathered = new long[some.Length];
            column.Read(buffer, all);
            column.Read(buffer, some, gathered);
            Assert.Equal(numbers, all);
            Assert.Equal(some.Select(i => numbers[i]), gathered);
            Assert.All(numbers, (number, i) => Assert.Equal(number, column.Read(buffer, i)));
        }
    }
}
