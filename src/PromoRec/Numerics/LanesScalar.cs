using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PromoRec.Numerics;

/// <summary>Sixteen lanes as sixteen floats, for a processor or a setting without vector registers.</summary>
[InlineArray(FactorMatrix.LaneCount)]
internal struct LanesScalar : ILanes<LanesScalar>
{
    private float _first;

    public static int Count => FactorMatrix.LaneCount;

    public static LanesScalar Zero => default;

    public static LanesScalar Broadcast(float value)
    {
        LanesScalar lanes = default;
        for (int lane = 0; lane < FactorMatrix.LaneCount; lane++)
        {
            lanes[lane] = value;
        }

        return lanes;
    }

    public static LanesScalar Load(ref float source, nuint offset) =>
        Unsafe.ReadUnaligned<LanesScalar>(ref Unsafe.As<float, byte>(ref Unsafe.Add(ref source, offset)));

    public static void Store(LanesScalar value, ref float target, nuint offset) =>
        Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref Unsafe.Add(ref target, offset)), value);

    public static LanesScalar Multiply(LanesScalar x, LanesScalar y)
    {
        for (int lane = 0; lane < FactorMatrix.LaneCount; lane++)
        {
            x[lane] *= y[lane];
        }

        return x;
    }

    public static LanesScalar MultiplyAdd(LanesScalar x, LanesScalar y, LanesScalar sum)
    {
        for (int lane = 0; lane < FactorMatrix.LaneCount; lane++)
        {
            sum[lane] = MathF.FusedMultiplyAdd(x[lane], y[lane], sum[lane]);
        }

        return sum;
    }

    public static LanesScalar MultiplyAdd(LanesScalar x, ref float y, nuint offset, LanesScalar sum)
    {
        for (int lane = 0; lane < FactorMatrix.LaneCount; lane++)
        {
            sum[lane] = MathF.FusedMultiplyAdd(x[lane], Unsafe.Add(ref y, offset + (nuint)lane), sum[lane]);
        }

        return sum;
    }

    public static LanesScalar MultiplySubtract(LanesScalar x, LanesScalar y, LanesScalar sum)
    {
        for (int lane = 0; lane < FactorMatrix.LaneCount; lane++)
        {
            sum[lane] = MathF.FusedMultiplyAdd(-x[lane], y[lane], sum[lane]);
        }

        return sum;
    }

    public static Vector128<float> FoldToFour(LanesScalar value)
    {
        for (int half = FactorMatrix.LaneCount / 2; half >= 4; half /= 2)
        {
            for (int lane = 0; lane < half; lane++)
            {
                value[lane] += value[lane + half];
            }
        }

        return Vector128.Create(value[0], value[1], value[2], value[3]);
    }
}
