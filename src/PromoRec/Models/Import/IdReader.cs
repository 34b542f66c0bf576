using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using PromoRec.Datasets;

namespace PromoRec.Models.Import;

/// <summary>Reads the ids of imported rows and finds the order in which the model keeps them.</summary>
internal static class IdReader
{
    /// <param name="ids">The array of ids, or null where rows are named by their number from 0.</param>
    /// <param name="factors">The array whose rows they name.</param>
    /// <param name="rowOf">For every row of the array its row in the model.</param>
    public static IdIndex Read(ImportedArray? ids, ImportedArray factors, out int[] rowOf)
    {
        var values = new IdValue[factors.Shape[0]];
        if (ids is null)
        {
            for (int row = 0; row < values.Length; row++)
            {
                values[row] = new IdValue(row);
            }
        }
        else
        {
            ReadInto(ids, values, factors);
        }

        int[] order = new int[values.Length];
        for (int row = 0; row < order.Length; row++)
        {
            order[row] = row;
        }

        Array.Sort(values, order);
        rowOf = new int[values.Length];
        for (int row = 0; row < order.Length; row++)
        {
            if (row > 0 && values[row - 1].Equals(values[row]))
            {
                throw (ids ?? factors).Fault(0, $"rows {Math.Min(order[row - 1], order[row]):N0} and {Math.Max(order[row - 1], order[row]):N0} have the same id", "distinct ids");
            }

            rowOf[order[row]] = row;
        }

        return IdIndex.FromSorted(values);
    }

    private static void ReadInto(ImportedArray ids, IdValue[] values, ImportedArray factors)
    {
        if (ids.Kind <= ElementKind.Float64)
        {
            throw ids.Fault(0, $"its elements are {ids.Kind}", "whole numbers or Unicode texts");
        }

        if (ids.Shape.Length != 1 || ids.Shape[0] != values.Length)
        {
            throw ids.Fault(0, $"its shape is [{string.Join(", ", ids.Shape)}]", $"[{values.Length}], one id for every row of '{factors.Name}'");
        }

        ids.Read((first, elements) =>
        {
            for (int i = 0; i < elements.Length / ids.ElementSize; i++)
            {
                values[first + i] = Convert(ids, first + i, elements.Slice(i * ids.ElementSize, ids.ElementSize));
            }
        });
    }

    private static IdValue Convert(ImportedArray ids, long row, ReadOnlySpan<byte> element) => ids.Kind switch
    {
        ElementKind.Int8 => new IdValue((sbyte)element[0]),
        ElementKind.Int16 => new IdValue(MemoryMarshal.Read<short>(element)),
        ElementKind.Int32 => new IdValue(MemoryMarshal.Read<int>(element)),
        ElementKind.Int64 => new IdValue(MemoryMarshal.Read<long>(element)),
        ElementKind.UInt8 => new IdValue(element[0]),
        ElementKind.UInt16 => new IdValue(MemoryMarshal.Read<ushort>(element)),
        ElementKind.UInt32 => new IdValue(MemoryMarshal.Read<uint>(element)),
        ElementKind.UInt64 => new IdValue(MemoryMarshal.Read<ulong>(element).ToString(CultureInfo.InvariantCulture), nameof(ids)),
        _ => Text(ids, row, MemoryMarshal.Cast<byte, uint>(element).TrimEnd(0u)),
    };

    private static IdValue Text(ImportedArray ids, long row, ReadOnlySpan<uint> codePoints)
    {
        var text = new StringBuilder(codePoints.Length);
        foreach (uint codePoint in codePoints)
        {
            if (!Rune.TryCreate(codePoint, out Rune rune))
            {
                throw ids.Fault(row * ids.ElementSize, $"text {row:N0} holds 0x{codePoint:X}, which is no Unicode character", "Unicode texts");
            }

            text.Append(rune.ToString());
        }

        try
        {
            return new IdValue(text.ToString(), nameof(ids));
        }
        catch (ArgumentException fault)
        {
            throw ids.Fault(row * ids.ElementSize, $"text {row:N0} is blank or too long", $"1 to {IdValue.MaxLength:N0} characters, not all blank", inner: fault);
        }
    }
}
