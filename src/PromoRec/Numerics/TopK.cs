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

    /// <summary>Number of rows kept so far.</summary>
    public readonly int Count => _count;

    /// <summary>A row with a lower score than this cannot enter any more; negative infinity while there is room.</summary>
    public readonly float Threshold => _count < _heap.Length ? float.NegativeInfinity : _count == 0 ? float.PositiveInfinity : _heap[0].Score;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int row, float score)
    {
        // Written so that a NaN fails it.
        if (score >= Threshold)
        {
            Enter(new ScoredRow(row, score));
        }
    }

    /// <summary>Adds row <paramref name="firstRow"/> + i with <c>scores[i]</c>, for every i.</summary>
    public void AddRange(int firstRow, ReadOnlySpan<float> scores)
    {
        ref float first = ref MemoryMarshal.GetReference(scores);
        int at = 0;
        for (; at <= scores.Length - Vector256<float>.Count; at += Vector256<float>.Count)
        {
            // Most blocks of a long list hold nothing that enters.
            if (Vector256.GreaterThanOrEqualAny(Vector256.LoadUnsafe(ref first, (nuint)at), Vector256.Create(Threshold)))
            {
                for (int i = at; i < at + Vector256<float>.Count; i++)
                {
                    Add(firstRow + i, scores[i]);
                }
            }
        }

        for (; at < scores.Length; at++)
        {
            Add(firstRow + at, scores[at]);
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
        else if (_count > 0 && entering.IsBefore(_heap[0]))
        {
            SiftDown(entering);
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
