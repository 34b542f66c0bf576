namespace PromoRec.Models.Artifacts;

/// <summary>An element type of the safetensors format.</summary>
internal readonly record struct TensorType(string Name, int Size)
{
    private static readonly TensorType[] Known =
    [
        new("BOOL", 1), new("U8", 1), new("I8", 1), new("F8_E5M2", 1), new("F8_E4M3", 1), new("I16", 2), new("U16", 2), new("F16", 2),
        new("BF16", 2), new("I32", 4), new("U32", 4), new("F32", 4), new("I64", 8), new("U64", 8), new("F64", 8),
    ];

    public static TensorType Of<T>() =>
        typeof(T) == typeof(byte) ? new("U8", 1)
        : typeof(T) == typeof(int) ? new("I32", 4)
        : typeof(T) == typeof(long) ? new("I64", 8)
        : typeof(T) == typeof(float) ? new("F32", 4)
        : typeof(T) == typeof(double) ? new("F64", 8)
        : throw new NotSupportedException($"No model file holds tensors of {typeof(T)}.");

    public static bool TryParse(string? name, out TensorType type)
    {
        foreach (TensorType known in Known)
        {
            if (known.Name == name)
            {
                type = known;
                return true;
            }
        }

        type = default;
        return false;
    }
}
