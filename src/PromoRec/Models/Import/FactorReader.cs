using System.Runtime.InteropServices;
using PromoRec.Models.Artifacts;
using PromoRec.Numerics;

namespace PromoRec.Models.Import;

/// <summary>Copies an imported array into padded rows of float32.</summary>
internal static class FactorReader
{
    public static void CheckShape(ImportedArray array)
    {
        if (array.Kind > ElementKind.Float64)
        {
            throw array.Fault(0, $"its elements are {array.Kind}", "floating point numbers");
        }

        if (array.Shape.Length != 2 || array.Shape[1] is < 1 or > ModelFormat.MaxFactors)
        {
            throw array.Fault(0, $"its shape is [{string.Join(", ", array.Shape)}]", $"[rows, factors] with 1 to {ModelFormat.MaxFactors:N0} factors");
        }

        long floats = FactorMatrix.StrideFor((int)array.Shape[1]);
        if (array.Shape[0] > (Array.MaxLength - FactorMatrix.LaneCount) / floats)
        {
            throw array.Fault(0, $"it has {array.Shape[0]:N0} rows", $"at most {(Array.MaxLength - FactorMatrix.LaneCount) / floats:N0} with so many factors", "Export fewer rows.");
        }
    }

    /// <param name="array">The array; its shape has been checked.</param>
    /// <param name="rowOf">For every row of the array its row in the model.</param>
    public static FactorMatrix Read(ImportedArray array, int[] rowOf)
    {
        int rows = (int)array.Shape[0];
        int factors = (int)array.Shape[1];
        var matrix = FactorMatrix.Create(rows, factors);
        array.Read((first, elements) =>
        {
            int count = elements.Length / array.ElementSize;
            for (int i = 0; i < count; i++)
            {
                float value = Convert(array.Kind, elements.Slice(i * array.ElementSize, array.ElementSize));
                long at = first + i;
                if (!float.IsFinite(value))
                {
                    throw array.Fault(at * array.ElementSize, $"element {at:N0} is not a finite float32", "finite numbers");
                }

                (long row, long column) = array.FortranOrder ? (at % rows, at / rows) : (at / factors, at % factors);
                matrix.Row(rowOf[row])[(int)column] = value;
            }
        });
        return matrix;
    }

    private static float Convert(ElementKind kind, ReadOnlySpan<byte> element) => kind switch
    {
        ElementKind.Float16 => (float)MemoryMarshal.Read<Half>(element),
        ElementKind.BFloat16 => BitConverter.Int32BitsToSingle(MemoryMarshal.Read<short>(element) << 16),
        ElementKind.Float32 => MemoryMarshal.Read<float>(element),
        _ => (float)MemoryMarshal.Read<double>(element),
    };
}
