namespace PromoRec.Numerics;

/// <summary>Sixty-four bytes, held in whatever registers a processor has: four codes of each of sixteen rows, or the sums of their products.</summary>
/// <remarks>
/// A sum is two 16-bit halves, the products of the first two codes and those of the last two, that wrap around. Whole numbers have no
/// rounding, so every width gives the same sums.
/// </remarks>
internal interface ICodeLanes<TSelf>
    where TSelf : struct, ICodeLanes<TSelf>
{
    /// <summary>Reads the sixty-four bytes that start <paramref name="offset"/> bytes after <paramref name="source"/>.</summary>
    static abstract TSelf Load(ref byte source, nuint offset);

    /// <summary>Four codes of a query, for each of the sixteen rows.</summary>
    static abstract TSelf Broadcast(ref byte source, nuint offset);

    /// <summary>Adds the products of codes to the sums. The codes of <paramref name="query"/> are from 0 to 255, those of <paramref name="rows"/> from -64 to 64, so that the sum of two products has room in 16 bits.</summary>
    static abstract TSelf MultiplyAdd(TSelf query, TSelf rows, TSelf sums);

    /// <summary>Writes the sixteen sums, halves together and <paramref name="before"/> added, and returns a bit for each that is larger than a threshold. Both may lie in the same place.</summary>
    static abstract uint StoreAndCompare(TSelf sums, ref int before, int threshold, ref int target);
}
