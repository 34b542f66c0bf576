using System.Runtime.Intrinsics;

namespace PromoRec.Numerics;

/// <summary>Sixteen float32 lanes, held in whatever registers a processor has.</summary>
/// <remarks>
/// Kernels are written once over this interface. Every lane does the same fused multiply-adds in the same order on every width, and
/// lanes are folded in one order (16 to 8 to 4 to 2 to 1, the lower half plus the upper half), so every width gives the same bits.
/// Only the payload of a NaN may differ. A processor, or a setting, without fused multiply-add gets the same bits slowly, in software.
/// Kernels with loops are compiled optimized at once: at the lowest tier such code is some fifty times slower.
/// </remarks>
internal interface ILanes<TSelf> : IFloats<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    /// <summary>sum + x · y in one rounding, with y read from memory: one instruction where a processor has one.</summary>
    static abstract TSelf MultiplyAdd(TSelf x, ref float y, nuint offset, TSelf sum);

    /// <summary>Sixteen lanes to eight to four. <see cref="LaneFold"/> does the rest, alike for every width.</summary>
    static abstract Vector128<float> FoldToFour(TSelf value);
}
