using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PromoRec.Numerics;

/// <summary>Goes through the products of a row with others, and picks out the few that may matter to anybody. One thread at a time.</summary>
/// <remarks>
/// A pair is a candidate where sum · factor · scaleⱼ, an upper bound on what is asked for, reaches the row's own threshold or, where pairs come once, that of the other row. Where
/// a row meets many others, all sums are looked at, a vector at a time, which costs less than to write down which ones were touched; where it
/// meets few, only those.
/// </remarks>
/// <param name="pairs">The products.</param>
/// <param name="countsTerms">Whether the numbers of terms are asked for.</param>
internal sealed class PairCandidates(RowPairs pairs, bool countsTerms)
{
    // The row's own threshold rises as its candidates are taken in: more at once would let too many through.
    private const int Portion = 256;

    // A sum that is touched costs some sixteen times one that is looked at with others.
    private const int SumsForTouched = 16;

    private readonly int _rows = pairs.Order.Length;
    private readonly float[] _sums = new float[pairs.Order.Length];
    private readonly int[] _terms = new int[countsTerms && pairs.HasValues ? pairs.Order.Length : 0];
    private readonly int[] _touched = new int[(pairs.Order.Length / SumsForTouched) + 1];
    private readonly (int Label, float Sum, int Terms)[] _found = new (int, float, int)[Portion];
    private bool _looksAtAll;
    private int _touchedCount;
    private int _at;

    /// <summary>Multiplies one row with the others.</summary>
    public void Multiply(int label)
    {
        _looksAtAll = pairs.TermsOf(label) >= _touched.Length;
        _touchedCount = pairs.Add(label, _sums, _terms, _looksAtAll ? default : _touched);
        _at = _looksAtAll && pairs.IsOnce ? label + 1 : 0;
    }

    /// <summary>The next candidates, perhaps none; false after the last ones. All must be taken before the next row.</summary>
    /// <param name="factor">What every sum of the row is multiplied by.</param>
    /// <param name="scales">What the sum with each label is multiplied by.</param>
    /// <param name="own">What is too little for the row.</param>
    /// <param name="thresholds">What is too little for each label; another thread may raise it meanwhile.</param>
    /// <param name="candidates">Labels, sums above 0 and, if they are asked for, the numbers of their terms.</param>
    public bool MoveNext(float factor, ReadOnlySpan<float> scales, float own, ReadOnlySpan<float> thresholds, out ReadOnlySpan<(int Label, float Sum, int Terms)> candidates)
    {
        Throw.IfTooShort(scales.Length, _rows, nameof(scales));
        Throw.IfTooShort(thresholds.Length, _rows, nameof(thresholds));
        int count = 0;
        if (_looksAtAll)
        {
            int end = Math.Min(_rows, _at + Portion);
            if (_at < end)
            {
                count = Look(end, factor, ref MemoryMarshal.GetReference(scales), own, ref MemoryMarshal.GetReference(thresholds));
            }

            candidates = _found.AsSpan(0, count);
            bool any = _at < end;
            _at = end;
            return any;
        }

        int last = Math.Min(_touchedCount, _at + Portion);
        for (int i = _at; i < last; i++)
        {
            int label = _touched[i];
            float bound = _sums[label] * factor * scales[label];
            if (_sums[label] > 0 && (bound >= own || bound >= thresholds[label]))
            {
                _found[count++] = (label, _sums[label], TermsAt(label));
            }

            Forget(label);
        }

        candidates = _found.AsSpan(0, count);
        bool more = _at < last;
        _at = last;
        return more;
    }

    private int Look(int end, float factor, ref float scales, float own, ref float thresholds)
    {
        int count = 0;
        ref float sums = ref MemoryMarshal.GetArrayDataReference(_sums);
        var factors = Vector256.Create(factor);
        var least = Vector256.Create(own);
        int label = _at;
        for (; label <= end - Vector256<float>.Count; label += Vector256<float>.Count)
        {
            var sum = Vector256.LoadUnsafe(ref sums, (nuint)label);
            Vector256<float> bound = sum * factors * Vector256.LoadUnsafe(ref scales, (nuint)label);
            Vector256<float> enough = Vector256.GreaterThanOrEqual(bound, least) | Vector256.GreaterThanOrEqual(bound, Vector256.LoadUnsafe(ref thresholds, (nuint)label));
            uint lanes = (enough & Vector256.GreaterThan(sum, Vector256<float>.Zero)).ExtractMostSignificantBits();
            for (; lanes != 0; lanes &= lanes - 1)
            {
                int one = label + BitOperations.TrailingZeroCount(lanes);
                _found[count++] = (one, _sums[one], TermsAt(one));
            }
        }

        for (; label < end; label++)
        {
            float bound = _sums[label] * factor * Unsafe.Add(ref scales, label);
            if (_sums[label] > 0 && (bound >= own || bound >= Unsafe.Add(ref thresholds, label)))
            {
                _found[count++] = (label, _sums[label], TermsAt(label));
            }
        }

        _sums.AsSpan(_at..end).Clear();
        if (_terms.Length > 0)
        {
            _terms.AsSpan(_at..end).Clear();
        }

        return count;
    }

    private int TermsAt(int label) => _terms.Length > 0 ? _terms[label] : pairs.HasValues ? 0 : (int)_sums[label];

    private void Forget(int label)
    {
        _sums[label] = 0;
        if (_terms.Length > 0)
        {
            _terms[label] = 0;
        }
    }
}
