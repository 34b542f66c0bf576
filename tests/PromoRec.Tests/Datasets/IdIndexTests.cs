using System.Text;
using PromoRec.Datasets;

namespace PromoRec.Tests.Datasets;

public class IdIndexTests
{
    private static readonly string[] Samples =
        ["0", "1", "10", "-5", "007", "1e3", "9223372036854775807", "a", "A", "äöü", "客户", "😀", "\uFFFD", "#", new string('x', 4096), new string('客', 1400), "d9b2d63d-a233-4123-847a-7090c0c0f0a1"];

    [Fact]
    public void Every_id_is_found_at_its_row_and_read_back()
    {
        IdValue[] ids = Sorted(Samples);
        var index = IdIndex.FromSorted(ids);
        Assert.Equal(ids.Length, index.Count);
        for (int row = 0; row < ids.Length; row++)
        {
            Assert.True(index.TryGetRow(ids[row], out int found));
            Assert.Equal(row, found);
            Assert.Equal(ids[row], index.IdAt(row));
            Assert.Equal(ids[row].ToString(), Encoding.UTF8.GetString(index.Utf8At(row)));
        }
    }

    [Fact]
    public void Ids_that_are_not_there_are_not_found()
    {
        var index = IdIndex.FromSorted(Sorted(Samples));
        foreach (string missing in (string[])["2", "07", "b", "客", new string('x', 4095), new string('x', 4097), "😁"])
        {
            Assert.False(index.TryGetRow(new IdValue(missing, nameof(missing)), out _));
        }

        Assert.False(index.TryGetRow(default, out _));
        Assert.False(IdIndex.Empty.TryGetRow(new IdValue(1), out _));
    }

    [Fact]
    public void Many_numbers_are_all_found()
    {
        IdValue[] ids = [.. Enumerable.Range(0, 20_000).Select(number => new IdValue(number * 37L)).Order()];
        var index = IdIndex.FromSorted(ids);
        for (int row = 0; row < ids.Length; row++)
        {
            Assert.True(index.TryGetRow(ids[row], out int found));
            Assert.Equal(row, found);
            Assert.True(index.IdAt(row).TryGetNumber(out _));
        }

        Assert.False(index.TryGetRow(new IdValue(1), out _));
    }

    [Fact]
    public void Looking_up_and_reading_numbers_allocates_nothing()
    {
        var index = IdIndex.FromSorted(Sorted(Samples));
        var text = new IdValue("äöü", "id");
        index.TryGetRow(text, out int row);
        index.IdAt(row);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            index.TryGetRow(new IdValue(10), out int number);
            index.IdAt(number);
            index.TryGetRow(text, out row);
            index.IdAt(row);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void The_hash_table_is_part_of_the_format_and_never_changes()
    {
        var index = IdIndex.FromSorted(Sorted("1", "2", "customer-0001", "客户", "😀"));
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 4, 2, 5, 1, 0], index.Slots.ToArray());
    }

    [Fact]
    public void Ids_out_of_order_repeated_or_empty_are_refused()
    {
        Assert.Throws<ArgumentException>(() => IdIndex.FromSorted([new IdValue(9), new IdValue(10)]));
        Assert.Throws<ArgumentException>(() => IdIndex.FromSorted([new IdValue(9), new IdValue(9)]));
        Assert.Throws<ArgumentException>(() => IdIndex.FromSorted([default, new IdValue(9)]));
    }

    [Fact]
    public void A_damaged_hash_table_neither_hangs_nor_reads_outside()
    {
        var good = IdIndex.FromSorted(Sorted("a", "b", "c"));
        foreach (int entry in (int[])[1, 99, -7, int.MaxValue])
        {
            int[] slots = new int[good.Slots.Length];
            Array.Fill(slots, entry);
            var damaged = new IdIndex(good.Text, good.Offsets, slots);
            Assert.False(damaged.TryGetRow(new IdValue("zzz", "id"), out _));
        }

        Assert.Throws<ArgumentException>(() => new IdIndex(good.Text, good.Offsets, new int[3]));
        Assert.Throws<ArgumentException>(() => new IdIndex(good.Text[..1], good.Offsets, good.Slots));
        Assert.Throws<ArgumentException>(() => new IdIndex(good.Text, ReadOnlyMemory<long>.Empty, good.Slots));
    }

    private static IdValue[] Sorted(params string[] ids) => [.. ids.Select(id => new IdValue(id, nameof(ids))).Order()];
}
