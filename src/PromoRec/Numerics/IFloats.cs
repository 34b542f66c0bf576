namespace PromoRec.Numerics;

/// <summary>A few float32 numbers side by side, as many as suit a processor, for kernels whose lanes never meet.</summary>
/// <remarks>
/// Such a kernel gives the same bits for every <see cref="Count"/>, since each lane is a sum of its own. Kernels that add lanes to each
/// other are written over <see cref="ILanes{TSelf}"/>, which always has sixteen.
/// </remarks>
internal interface IFloats<TSelf>
    where TSelf : struct, IFloats<TSelf>
{
    /// <summary>8 or 16.</summary>
    static abstract int Count { get; }

    static abstract TSelf Zero { get; }

    static abstract TSelf Broadcast(float value);

    /// <summary>Reads the floats that start <paramref name="offset"/> floats after <paramref name="source"/>.</summary>
    static abstract TSelf Load(ref float source, nuint offset);

    /// <summary>Writes the floats that start <paramref name="offset"/> floats after <paramref name="target"/>.</summary>
    static abstract void Store(TSelf value, ref float target, nuint offset);

    static abstract TSelf Multiply(TSelf x, TSelf y);

    /// <summary>sum + x · y in one rounding.</summary>
    static abstract TSelf MultiplyAdd(TSelf x, TSelf y, TSelf sum);

    /// <summary>sum - x · y in one rounding.</summary>
    static abstract TSelf MultiplySubtract(TSelf x, TSelf y, TSelf sum);
}
