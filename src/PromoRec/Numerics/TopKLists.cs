using System.Runtime.CompilerServices;

namespace PromoRec.Numerics;

/// <summary>Keeps the best rows for each of many lists, which any number of threads add to at once. Scores are above 0.</summary>
/// <remarks>
/// <para>
/// The order is that of <see cref="TopK"/>, which is total, so what is kept in the end does not depend on who adds when.
/// </para>
/// <para>
/// A list takes twice as many rows as it keeps before the worse half is thrown away: that costs some nanoseconds a row, where a heap costs a chain of
/// mispredicted branches, and matters where lists are fed by rows that come by rising score. A row and its score are one number, larger for what comes first.
/// </para>
/// </remarks>
internal sealed class TopKLists
{
    private const int FirstLength = 16;

    // What a bound in single precision may be below what it bounds: the roundings of three products.
    private const float RoundingShare = 1f / (1 << 20);

    // Below this, roundings are no share of a number any more.
    private const float Smallest = 1e-30f;

    private readonly ulong[][] _taken;
    private readonly int[] _counts;
    private readonly int[] _locks;
    private readonly float[] _thresholds;
    private readonly int _capacity;
    private readonly int _most;

    /// <param name="lists">Number of lists.</param>
    /// <param name="capacity">Most rows of each.</param>
    public TopKLists(int lists, int capacity)
    {
        _taken = new ulong[lists][];
        Array.Fill(_taken, []);
        _counts = new int[lists];
        _locks = new int[lists];
        _thresholds = new float[lists];
        _capacity = capacity;
        _most = (int)Math.Min(2L * capacity, Array.MaxLength);
    }

    /// <summary>For each list a number that is too little: what is bounded by less, but for rounding, cannot enter. They start at 0 and only rise.</summary>
    public ReadOnlySpan<float> Thresholds => _thresholds;

    /// <summary>Adds a row to a list.</summary>
    public void Add(int list, ScoredRow row)
    {
        if (row.Score < Volatile.Read(ref _thresholds[list]))
        {
            return;
        }

        SpinWait wait = default;
        while (Interlocked.CompareExchange(ref _locks[list], 1, 0) != 0)
        {
            wait.SpinOnce();
        }

        if (_counts[list] == _taken[list].Length)
        {
            MakeRoom(list);
        }

        _taken[list][_counts[list]++] = ((ulong)BitConverter.SingleToUInt32Bits(row.Score) << 32) | ~(uint)row.Row;
        Volatile.Write(ref _locks[list], 0);
    }

    /// <summary>What a list keeps, by row. No thread may add meanwhile.</summary>
    public ScoredRow[] KeptOf(int list)
    {
        if (_counts[list] > _capacity)
        {
            Prune(list);
        }

        ScoredRow[] kept = Array.ConvertAll(_taken[list][.._counts[list]], one => new ScoredRow((int)~(uint)one, BitConverter.UInt32BitsToSingle((uint)(one >> 32))));
        Array.Sort(kept, (left, right) => left.Row.CompareTo(right.Row));
        return kept;
    }

    private void MakeRoom(int list)
    {
        if (_counts[list] < _most)
        {
            Array.Resize(ref _taken[list], (int)Math.Min(_most, Math.Max(FirstLength, 2L * _counts[list])));
            return;
        }

        Prune(list);
    }

    /// <summary>Throws away all but the best, of which there are enough.</summary>
    private void Prune(int list)
    {
        Span<ulong> taken = _taken[list].AsSpan(0, _counts[list]);
        float least = BitConverter.UInt32BitsToSingle((uint)(Select(taken, _capacity - 1) >> 32));
        _counts[list] = _capacity;
        Volatile.Write(ref _thresholds[list], least > Smallest ? least * (1 - RoundingShare) : 0);
    }

    /// <summary>Puts the largest numbers first, up to and with a place, and returns the one that belongs there. Source: Hoare, "Find", CACM 4(7), 1961.</summary>
    private static ulong Select(Span<ulong> numbers, int place)
    {
        int left = 0;
        int right = numbers.Length - 1;
        while (left < right)
        {
            ulong pivot = Middle(numbers[left], numbers[(left + right) / 2], numbers[right]);
            int i = left;
            int j = right;
            while (i <= j)
            {
                while (numbers[i] > pivot)
                {
                    i++;
                }

                while (numbers[j] < pivot)
                {
                    j--;
                }

                if (i <= j)
                {
                    (numbers[i], numbers[j]) = (numbers[j], numbers[i]);
                    i++;
                    j--;
                }
            }

            // Between j and i stands at most the pivot.
            if (place <= j)
            {
                right = j;
            }
            else if (place >= i)
            {
                left = i;
            }
            else
            {
                break;
            }
        }

        return numbers[place];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Middle(ulong a, ulong b, ulong c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
