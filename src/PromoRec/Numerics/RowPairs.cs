using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace PromoRec.Numerics;

/// <summary>The products of every two rows of a sparse matrix.</summary>
/// <remarks>
/// <para>
/// Rows get labels by rising number of values. Where most pairs have something in common, a row is multiplied with those of larger labels only: (R·Rᵀ)ᵢⱼ for i &lt; j. That
/// halves the work, and since most of it is with rows that have many values, the sums that it goes to are few and stay in the first caches. Where most pairs
/// have nothing in common, sums are cheap beside what is done with each, and a row is multiplied with all. Each column keeps its labels ascending, and each value of a row
/// the place in its column from which the labels start that its row is multiplied with.
/// </para>
/// <para>
/// The terms of a sum are added by ascending column, one rounding each, so that a pair has the same bits whoever computes it and from whichever side.
/// Cost: one addition for each term. Source: Gustavson, ACM TOMS 4(3), 1978.
/// </para>
/// </remarks>
internal abstract class RowPairs
{
    private RowPairs(CsrMatrix rows, bool isOnce)
    {
        Rows = rows;
        Order = ByRisingCount(rows);
        HasValues = rows.AllValues.ContainsAnyExcept(1f);
        IsOnce = isOnce;
    }

    /// <summary>The matrix.</summary>
    public CsrMatrix Rows { get; }

    /// <summary>The row of each label.</summary>
    public int[] Order { get; }

    /// <summary>Whether a value differs from 1. Where none does, a sum is the number of its terms.</summary>
    public bool HasValues { get; }

    /// <summary>Whether each pair comes once, with the smaller label; or else twice, and each row with itself too.</summary>
    public bool IsOnce { get; }

    /// <param name="rows">Rows × columns.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    /// <param name="once">Whether each pair shall come once; whatever is less work unless given.</param>
    public static RowPairs Create(CsrMatrix rows, int threads, bool? once = null)
    {
        var starts = new int[rows.Columns + 1];
        foreach (int column in rows.AllColumns)
        {
            starts[column + 1]++;
        }

        double terms = 0;
        for (int column = 0; column < rows.Columns; column++)
        {
            terms += (double)starts[column + 1] * starts[column + 1];
            starts[column + 1] += starts[column];
        }

        bool isOnce = once ?? terms >= (double)rows.Rows * rows.Rows;
        return rows.Rows <= 1 << 16 ? new Of<ushort>(rows, starts, threads, isOnce) : new Of<int>(rows, starts, threads, isOnce);
    }

    /// <summary>Adds up the products of one row with the others: all, or those of larger labels.</summary>
    /// <param name="label">The row's label.</param>
    /// <param name="sums">A sum for each label, all 0 before.</param>
    /// <param name="terms">Takes the number of terms of each sum, all 0 before; empty where nobody asks.</param>
    /// <param name="touched">Takes the labels of the sums; one may come twice where a sum was 0 in between. Empty where all sums are looked at anyway.</param>
    /// <returns>How many labels were put down as touched.</returns>
    public abstract int Add(int label, Span<float> sums, Span<int> terms, Span<int> touched);

    /// <summary>How many terms <see cref="Add"/> adds.</summary>
    public abstract long TermsOf(int label);

    private static int[] ByRisingCount(CsrMatrix rows)
    {
        int[] order = [.. Enumerable.Range(0, rows.Rows)];
        Array.Sort(Array.ConvertAll(order, row => ((long)rows.RowLength(row) << 32) | (uint)row), order);
        return order;
    }

    /// <summary>Where in a column the labels start that a row is multiplied with, and how many they are.</summary>
    private readonly record struct Visit(int Start, int Count);

    private sealed class Of<TLabel> : RowPairs
        where TLabel : unmanaged
    {
        // As far ahead as memory is slow.
        private const int PrefetchedVisits = 8;

        private readonly TLabel[] _labels;
        private readonly float[] _values;
        private readonly Visit[] _visits;

        public Of(CsrMatrix rows, int[] starts, int threads, bool isOnce)
            : base(rows, isOnce)
        {
            _labels = new TLabel[rows.Count];
            _values = new float[HasValues ? rows.Count : 0];
            _visits = new Visit[rows.Count];
            // Each part has columns of its own, so that no two write to the same place.
            Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, part => Fill(ColumnAt(starts, part, threads), ColumnAt(starts, part + 1, threads), starts));
        }

        public override long TermsOf(int label)
        {
            long terms = 0;
            foreach (Visit visit in VisitsOf(label))
            {
                terms += visit.Count;
            }

            return terms;
        }

        public override int Add(int label, Span<float> sums, Span<int> terms, Span<int> touched)
        {
            Throw.IfTooShort(sums.Length, Rows.Rows, nameof(sums));
            if (!touched.IsEmpty)
            {
                Throw.IfTooShort(touched.Length, TermsOf(label), nameof(touched));
            }

            if (!HasValues)
            {
                return touched.IsEmpty ? AddFlags<Off>(label, sums, touched) : AddFlags<On>(label, sums, touched);
            }

            if (terms.IsEmpty)
            {
                return touched.IsEmpty ? AddValues<Off, Off>(label, sums, terms, touched) : AddValues<Off, On>(label, sums, terms, touched);
            }

            Throw.IfTooShort(terms.Length, Rows.Rows, nameof(terms));
            return touched.IsEmpty ? AddValues<On, Off>(label, sums, terms, touched) : AddValues<On, On>(label, sums, terms, touched);
        }

        private static int ColumnAt(int[] starts, int part, int parts)
        {
            int found = Array.BinarySearch(starts, (int)((long)starts[^1] * part / parts));
            return part == parts ? starts.Length - 1 : found >= 0 ? found : ~found;
        }

        private void Fill(int firstColumn, int endColumn, int[] starts)
        {
            int[] next = starts[firstColumn..endColumn];
            for (int label = 0; label < Order.Length; label++)
            {
                ReadOnlySpan<int> columns = Rows.ColumnsOf(Order[label]);
                ReadOnlySpan<float> values = Rows.ValuesOf(Order[label]);
                Span<Visit> visits = VisitsOf(label);
                int found = columns.BinarySearch(firstColumn);
                for (int i = found >= 0 ? found : ~found; i < columns.Length && columns[i] < endColumn; i++)
                {
                    int at = next[columns[i] - firstColumn]++;
                    _labels[at] = LabelOf(label);
                    if (HasValues)
                    {
                        _values[at] = values[i];
                    }

                    int start = IsOnce ? at + 1 : starts[columns[i]];
                    visits[i] = new Visit(start, starts[columns[i] + 1] - start);
                }
            }
        }

        private Span<Visit> VisitsOf(int label) => _visits.AsSpan((int)Rows.Offsets[Order[label]], Rows.RowLength(Order[label]));

        /// <summary>sumⱼ += 1 for every common column.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private int AddFlags<TTouched>(int label, Span<float> sums, Span<int> touched)
            where TTouched : struct, ISwitch
        {
            int count = 0;
            ref float sum = ref MemoryMarshal.GetReference(sums);
            ReadOnlySpan<Visit> visits = VisitsOf(label);
            for (int v = 0; v < visits.Length; v++)
            {
                Prefetch(visits, v + PrefetchedVisits);
                Visit visit = visits[v];
                ref TLabel labels = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_labels), visit.Start);
                int i = 0;
                for (; !TTouched.IsOn && i <= visit.Count - 4; i += 4)
                {
                    Unsafe.Add(ref sum, At(ref labels, i)) += 1;
                    Unsafe.Add(ref sum, At(ref labels, i + 1)) += 1;
                    Unsafe.Add(ref sum, At(ref labels, i + 2)) += 1;
                    Unsafe.Add(ref sum, At(ref labels, i + 3)) += 1;
                }

                for (; i < visit.Count; i++)
                {
                    ref float target = ref Unsafe.Add(ref sum, At(ref labels, i));
                    if (TTouched.IsOn)
                    {
                        touched[count] = (int)At(ref labels, i);
                        count += target == 0 ? 1 : 0;
                    }

                    target += 1;
                }
            }

            return count;
        }

        /// <summary>sumⱼ += valueᵢ · valueⱼ for every common column.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private int AddValues<TTerms, TTouched>(int label, Span<float> sums, Span<int> terms, Span<int> touched)
            where TTerms : struct, ISwitch
            where TTouched : struct, ISwitch
        {
            int count = 0;
            ref float sum = ref MemoryMarshal.GetReference(sums);
            ref int term = ref MemoryMarshal.GetReference(terms);
            ReadOnlySpan<Visit> visits = VisitsOf(label);
            ReadOnlySpan<float> own = Rows.ValuesOf(Order[label]);
            for (int v = 0; v < visits.Length; v++)
            {
                Prefetch(visits, v + PrefetchedVisits);
                Visit visit = visits[v];
                float factor = own[v];
                ref TLabel labels = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_labels), visit.Start);
                ref float values = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_values), visit.Start);
                for (int i = 0; i < visit.Count; i++)
                {
                    nint other = At(ref labels, i);
                    ref float target = ref Unsafe.Add(ref sum, other);
                    if (TTouched.IsOn)
                    {
                        touched[count] = (int)other;
                        count += target == 0 ? 1 : 0;
                    }

                    if (TTerms.IsOn)
                    {
                        Unsafe.Add(ref term, other)++;
                    }

                    target = MathF.FusedMultiplyAdd(factor, Unsafe.Add(ref values, i), target);
                }
            }

            return count;
        }

        private unsafe void Prefetch(ReadOnlySpan<Visit> visits, int at)
        {
            if (Sse.IsSupported && at < visits.Length)
            {
                // A hint: it does no harm where the array has moved away meanwhile.
                Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_labels), visits[at].Start)));
            }
        }

        private static TLabel LabelOf(int label)
        {
            if (typeof(TLabel) == typeof(ushort))
            {
                return Unsafe.BitCast<ushort, TLabel>((ushort)label);
            }

            return Unsafe.BitCast<int, TLabel>(label);
        }

        /// <summary>The i-th label; the branch is decided when the code is compiled for the type.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static nint At(ref TLabel labels, int i) => typeof(TLabel) == typeof(ushort)
            ? Unsafe.As<TLabel, ushort>(ref Unsafe.Add(ref labels, i))
            : Unsafe.As<TLabel, int>(ref Unsafe.Add(ref labels, i));
    }

    private interface ISwitch
    {
        static abstract bool IsOn { get; }
    }

    private readonly struct On : ISwitch
    {
        public static bool IsOn => true;
    }

    private readonly struct Off : ISwitch
    {
        public static bool IsOn => false;
    }
}
