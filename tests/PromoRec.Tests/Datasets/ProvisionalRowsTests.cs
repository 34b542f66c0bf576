using System.Text;
using PromoRec.Datasets;

namespace PromoRec.Tests.Datasets;

public class ProvisionalRowsTests
{
    private static readonly string[] Texts =
    [
        "a", "a\0", "a\0\0", "a\0b", "ab", "42", "042", "-7", "9223372036854775807", "customer-1", "customer-10", "customer-11", "customer-2", "exactly8", "exactly16bytes!!",
        "exactly16bytes!!\0", "exactly16bytes!!and more", "exactly16bytes!!and mors", "\uE000", "\uFFFD", "😀", "z😀", "z\uFFFD", "é", "客户", new string('x', 16_384), new string('x', 16_383), "Guid 0f8fad5b-d9cb-469f-a165-70867728950e",
    ];

    [Fact]
    public void Rows_are_in_order_of_arrival_and_places_in_ordinal_order()
    {
        string[] ids = [.. Texts, .. Enumerable.Range(0, 3_000).Select(i => $"customer-{i * 7919 % 3_001:D5}{(i % 5 == 0 ? "\uFF01" : i % 7 == 0 ? "😀" : "")}")];
        ids = [.. ids.Distinct(StringComparer.Ordinal)];
        var rows = new ProvisionalRows();
        Assert.Equal(Enumerable.Range(0, ids.Length), ids.Select(id => rows.GetOrAdd(new IdValue(id, "id"))).ToArray());
        Assert.Equal(Enumerable.Range(0, ids.Length), ids.Select(id => rows.GetOrAdd(Encoding.UTF8.GetBytes(id), "id")).ToArray());
        Assert.Equal(ids.Length, rows.Count);
        Assert.Equal(ids, Enumerable.Range(0, ids.Length).Select(row => rows[row].ToString()));

        (int[] rowAt, int[] placeOf) = rows.Sort();
        Assert.Equal(ids.Order(StringComparer.Ordinal), rowAt.Select(row => ids[row]));
        Assert.Equal(Enumerable.Range(0, ids.Length), placeOf.Select((_, place) => placeOf[rowAt[place]]));
    }

    [Fact]
    public void A_number_and_its_text_are_one_id()
    {
        var rows = new ProvisionalRows();
        Assert.Equal(0, rows.GetOrAdd(new IdValue(42)));
        Assert.Equal(0, rows.GetOrAdd("42"u8, "id"));
        Assert.Equal(1, rows.GetOrAdd("042"u8, "id"));
        Assert.True(rows[0].TryGetNumber(out long number) && number == 42);
        Assert.False(rows[1].TryGetNumber(out _));
    }

    [Fact]
    public void An_id_that_was_seen_before_allocates_nothing()
    {
        var rows = new ProvisionalRows();
        byte[][] ids = [.. Texts.Select(Encoding.UTF8.GetBytes)];
        Array.ForEach(ids, id => rows.GetOrAdd(id, "id"));
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (byte[] id in ids)
        {
            rows.GetOrAdd(id, "id");
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { (byte)'a', 0xC3 })]
    [InlineData(new byte[] { (byte)' ', (byte)'\t' })]
    [InlineData(new byte[] { 0xC2, 0xA0 })]
    public void What_is_no_id_is_refused(byte[] text) => Assert.Throws<ArgumentException>(() => new ProvisionalRows().GetOrAdd(text, "id"));
}
