using PromoRec.Datasets;

namespace PromoRec.Tests.Datasets;

public class ItemSorterTests
{
    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 5)]
    [InlineData(40, 30)]
    [InlineData(41, 30)]
    [InlineData(500, 200)]
    [InlineData(5_000, 70_000)]
    [InlineData(3_000, int.MaxValue)]
    public void Every_value_stays_with_its_item_and_items_ascend(int count, int most)
    {
        var random = new Random(count);
        int[] items = [.. Enumerable.Range(0, count).Select(_ => random.Next(most))];
        long[] values = [.. items.Select((item, i) => ((long)item << 32) + i)];
        long[] expected = [.. values.Order()];

        // A sorter that was used before has scratch that is too long.
        var sorter = new ItemSorter<long>();
        sorter.Sort(new int[7_000], new long[7_000]);
        sorter.Sort(items, values);
        Assert.Equal(expected.Select(value => (int)(value >> 32)), items);
        Assert.Equal(expected, values.Order());
        Assert.All(values, (value, i) => Assert.Equal(items[i], (int)(value >> 32)));
    }
}
