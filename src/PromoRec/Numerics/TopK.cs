using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PromoRec.Numerics;

/// <summary>Keeps the best rows of any number that are added, as many as the caller's buffer holds.</summary>
/// <remarks>
/// The order is total, score descending and then row ascending, so the result does not depend on the order of adding. A NaN never
/// enters. Allocates nothing. Adding costs O(1) for a row that does not enter, O(log k) for one that does.
/// </remarks>
internal ref struct TopK(Span<ScoredRow> buffer)
{
    // A heap with the last of the kept rows at its root.
    private readonly Span<ScoredRow> _heap = buffer;
    private int _count;

    // What enters has a larger score than this, or the same and a smaller row: the root once the heap is full. Kept apart, because nearly all rows are compared to it and do not enter.
    private float _leastScore = buffer.IsEmpty ? float.PositiveInfinity : float.NegativeInfinity;
    private int _lastRow = buffer.IsEmpty ? int.MinValue : int.MaxValue;

    /// <summary>Number of rows kept so far.</summary>
    public readonly int Count => _count;

    /// <summary>A row with a lower score than this cannot enter any more; negative infinity while there is room.</summary>
    public readonly float Threshold => _leastScore;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int row, float score)
    {
        // Written so that a NaN fails it.
        if (score > _leastScore || (score == _leastScore && row < _lastRow))
        {
            Enter(new ScoredRow(row, score));
        }
    }

    /// <summary>Adds row <paramref name="firstRow"/> + i with <c>scores[i]</c>, for every i.</summary>
    public void AddRange(int firstRow, scoped ReadOnlySpan<float> scores)
    {
        ref float first = ref MemoryMarshal.GetReference(scores);
        int at = 0;
        for (; at <= scores.Length - Vector256<float>.Count; at += Vector256<float>.Count)
        {
            // Most blocks of a long list hold nothing that enters. Equals of the last one do not, where they come after it.
            var block = Vector256.LoadUnsafe(ref first, (nuint)at);
            var least = Vector256.Create(_leastScore);
            Vector256<float> entering = Vector256.GreaterThan(block, least);
            if (firstRow + at < _lastRow)
            {
                entering |= Vector256.Equals(block, least);
            }

            for (uint lanes = entering.ExtractMostSignificantBits(); lanes != 0; lanes &= lanes - 1)
            {
                int i = at + BitOperations.TrailingZeroCount(lanes);
                Add(firstRow + i, scores[i]);
            }
        }

        for (; at < scores.Length; at++)
        {
            Add(firstRow + at, scores[at]);
        }
    }

    /// <summary>Adds those of many rows that are asked for.</summary>
    /// <param name="rows">The rows, ascending and each once.</param>
    /// <param name="scores">The scores of all rows.</param>
    public void AddRows(scoped ReadOnlySpan<int> rows, scoped ReadOnlySpan<float> scores)
    {
        int start = 0;
        while (start < rows.Length)
        {
            // Where nearly all rows are asked for, they stand in long runs.
            int end = start + 1;
            int step = Vector256<float>.Count;
            while (end + step <= rows.Length && rows[end + step - 1] - rows[start] == end + step - 1 - start)
            {
                end += step;
                step *= 2;
            }

            while (end < rows.Length && rows[end] == rows[end - 1] + 1 && end - start < Vector256<float>.Count)
            {
                end++;
            }

            AddRange(rows[start], scores.Slice(rows[start], end - start));
            start = end;
        }
    }

    /// <summary>Sorts the kept rows into the start of the buffer, first one first, and returns how many there are. Ends the use of this value.</summary>
    public int Finish()
    {
        int kept = _count;
        while (_count > 1)
        {
            ScoredRow last = _heap[0];
            _count--;
            SiftDown(_heap[_count]);
            _heap[_count] = last;
        }

        _count = 0;
        return kept;
    }

    /// <summary>Takes in a row that comes before the last one kept, or for which there is room.</summary>
    private void Enter(ScoredRow entering)
    {
        if (_count < _heap.Length)
        {
            int at = _count++;
            while (at > 0 && _heap[(at - 1) / 2].IsBefore(entering))
            {
                _heap[at] = _heap[(at - 1) / 2];
                at = (at - 1) / 2;
            }

            _heap[at] = entering;
        }
        else
        {
            SiftDown(entering);
        }

        if (_count == _heap.Length)
        {
            (_lastRow, _leastScore) = _heap[0];
        }
    }

    /// <summary>Puts a row in the place of the root and restores the heap.</summary>
    private readonly void SiftDown(ScoredRow row)
    {
        int at = 0;
        while ((2 * at) + 1 < _count)
        {
            int child = (2 * at) + 1;
            if (child + 1 < _count && _heap[child].IsBefore(_heap[child + 1]))
            {
                child++;
            }

            if (!row.IsBefore(_heap[child]))
            {
                break;
            }

            _heap[at] = _heap[child];
            at = child;
        }

        _heap[at] = row;
    }
}
