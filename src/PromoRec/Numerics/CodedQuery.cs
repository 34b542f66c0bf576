using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PromoRec.Numerics;

/// <summary>A query as codes, and bounds of what its scores may be beside what the codes say.</summary>
/// <remarks>
/// <para>With x = s·q + u for the query and y = s′·r + v for a row, x·y = s·s′·(q·r) + s·q·v + u·y, and by Cauchy and Schwarz the last two are no larger than |s·q|·|v| + |u|·|y|.</para>
/// <para>
/// A score is a float32 sum: it differs from x·y by at most (⌈n/16⌉ + 4)·2⁻²⁴·|x|·|y| to first order (<see cref="VectorMath"/>), and by less than n·2⁻¹⁴⁶ where products leave the
/// range of normal numbers. Two more units and a millionth make up for what is of higher order, and for the rounding of the bounds themselves.
/// </para>
/// </remarks>
internal readonly struct CodedQuery
{
    private const int LargestCode = CodeScores.Offset - 1;
    private const double Slack = 1 + 1e-6;

    private readonly double _scale;
    private readonly double _inverse;
    private readonly double _length;
    private readonly double _ofResidual;
    private readonly double _ofLength;
    private readonly double _tiny;

    private CodedQuery(double scale, double length, double coded, double residual, int components)
    {
        double rounding = ((components / FactorMatrix.LaneCount) + 6) * Math.ScaleB(1, -24);
        _scale = scale;
        _inverse = 1 / scale;
        _length = length * (1 + rounding) * Slack;
        _ofResidual = coded * Slack;
        _ofLength = (residual + (rounding * length)) * Slack;
        _tiny = components * Math.ScaleB(1, -146);
    }

    /// <summary>Writes the codes of a query.</summary>
    /// <param name="query">The query, padded.</param>
    /// <param name="length">Its length, above 0 and finite.</param>
    /// <param name="largestPart">The largest length of codes of rows that will be added up together.</param>
    /// <param name="codes">Takes a code a component.</param>
    public static CodedQuery Encode(ReadOnlySpan<float> query, double length, double largestPart, Span<byte> codes)
    {
        // By Cauchy and Schwarz no sum is larger than the product of the lengths of what is added up in it.
        double room = short.MaxValue / Math.Max(1, largestPart);
        double scale = Math.Max(Magnitude.Largest(query) / LargestCode, VectorCodes.LargestPart(query) / room);
        while (true)
        {
            (double residual, double coded, double part) = VectorCodes.Encode(query, scale, LargestCode, MemoryMarshal.Cast<byte, sbyte>(codes));
            if (part <= room)
            {
                AddOffset(codes);
                return new CodedQuery(scale, length, scale * coded, residual, query.Length);
            }

            // Rounding made a part too long.
            scale *= 1.01;
        }
    }

    /// <summary>What a sum of codes has to exceed for the score to reach <paramref name="least"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ThresholdFor(double least, in RowBlock block) =>
        (int)(((least - _tiny - (_ofResidual * block.Residual) - (_ofLength * block.Length)) * _inverse * block.Inverse) - 1.000001);

    /// <summary>What no score of a row of that length exceeds.</summary>
    public double Most(double rowLength) => (_length * rowLength) + _tiny;

    /// <summary>The score by the codes, and by how much it may be wrong.</summary>
    public (double Score, double Error) Estimate(int sum, in RowBlock block) =>
        (_scale * block.Scale * sum, (_ofResidual * block.Residual) + (_ofLength * block.Length) + _tiny);

    private static void AddOffset(Span<byte> codes)
    {
        foreach (ref byte code in codes)
        {
            code += CodeScores.Offset;
        }
    }
}
