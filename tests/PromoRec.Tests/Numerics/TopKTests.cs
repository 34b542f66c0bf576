using FsCheck;
using FsCheck.Fluent;
using PromoRec.Numerics;
using PromoRec.Tests.Properties;

namespace PromoRec.Tests.Numerics;

public class TopKTests
{
    // Few distinct scores, so that most comparisons are ties.
    private static readonly Arbitrary<(int Capacity, float[] Scores)> Lists =
        (from capacity in Gen.Choose(0, 12)
         from length in Gen.Choose(0, 60)
         from scores in Gen.Elements(-1f, 0f, -0f, 0.5f, 1f, float.NegativeInfinity, float.PositiveInfinity, float.NaN).ArrayOf(length)
         select (capacity, scores)).ToArbitrary();

    [Fact]
    public void TopK_is_the_head_of_the_sorted_list_whatever_the_order_of_adding() =>
        Prop.ForAll(Lists, list =>
        {
            ScoredRow[] rows = [.. list.Scores.Select((score, row) => new ScoredRow(row, score))];
            ScoredRow[] expected = [.. rows.Where(row => !float.IsNaN(row.Score)).OrderByDescending(row => row.Score).ThenBy(row => row.Row).Take(list.Capacity)];
            return Keep(rows, list.Capacity).SequenceEqual(expected)
                && Keep(rows.Reverse(), list.Capacity).SequenceEqual(expected)
                && KeepRange(list.Scores, list.Capacity).SequenceEqual(expected);
        }).Holds();

    [Fact]
    public void Adding_some_of_many_rows_is_adding_each_of_them() =>
        Prop.ForAll(
            (from list in Lists.Generator from left in Gen.Choose(0, 1) from asked in Gen.Frequency((6, Gen.Constant(true)), (1 - left, Gen.Constant(false))).ArrayOf(60) select (list.Capacity, list.Scores, asked)).ToArbitrary(),
            one =>
            {
                int[] rows = [.. Enumerable.Range(0, one.Scores.Length).Where(row => one.asked[row])];
                var buffer = new ScoredRow[one.Capacity];
                var top = new TopK(buffer);
                top.AddRows(rows, one.Scores);
                ScoredRow[] kept = buffer[..top.Finish()];
                return kept.SequenceEqual(Keep(rows.Select(row => new ScoredRow(row, one.Scores[row])), one.Capacity));
            }).Holds(1000);

    [Fact]
    public void The_threshold_is_the_last_kept_score_once_the_buffer_is_full()
    {
        var top = new TopK(new ScoredRow[2]);
        top.Add(0, 1);
        Assert.Equal(float.NegativeInfinity, top.Threshold);
        top.Add(1, 3);
        Assert.Equal(1, top.Threshold);
        top.Add(2, 2);
        Assert.Equal(2, top.Threshold);
        Assert.Equal(2, top.Finish());
    }

    private static ScoredRow[] Keep(IEnumerable<ScoredRow> rows, int capacity)
    {
        var buffer = new ScoredRow[capacity];
        var top = new TopK(buffer);
        foreach (ScoredRow row in rows)
        {
            top.Add(row.Row, row.Score);
        }

        return buffer[..top.Finish()];
    }

    private static ScoredRow[] KeepRange(float[] scores, int capacity)
    {
        var buffer = new ScoredRow[capacity];
        var top = new TopK(buffer);
        top.AddRange(0, scores.AsSpan(0, scores.Length / 3));
        top.AddRange(scores.Length / 3, scores.AsSpan(scores.Length / 3));
        return buffer[..top.Finish()];
    }
}
