using PromoRec.Models.Artifacts;

namespace PromoRec.Models.Import;

/// <summary>The arrays of a safetensors file that is no PromoRec model.</summary>
internal static class PlainTensors
{
    public static ImportedArray? Find(ArtifactBytes bytes, TensorFile file, string name)
    {
        TensorEntry? entry = file.Tensors.Find(tensor => tensor.Name == name);
        if (entry is null)
        {
            return null;
        }

        ElementKind kind = entry.Type.Name switch
        {
            "F16" => ElementKind.Float16,
            "BF16" => ElementKind.BFloat16,
            "F32" => ElementKind.Float32,
            "F64" => ElementKind.Float64,
            "I8" => ElementKind.Int8,
            "I16" => ElementKind.Int16,
            "I32" => ElementKind.Int32,
            "I64" => ElementKind.Int64,
            "U8" => ElementKind.UInt8,
            "U16" => ElementKind.UInt16,
            "U32" => ElementKind.UInt32,
            "U64" => ElementKind.UInt64,
            _ => throw bytes.Fault(entry.HeaderOffset, $"array '{name}' has the element type {entry.Type.Name}", "F16, BF16, F32 or F64 for factors, and whole numbers for ids", "Convert it before exporting."),
        };
        return new ImportedArray(bytes, name, kind, entry.Type.Size, entry.Shape, FortranOrder: false, entry.Offset, () => OpenAt(bytes, entry.Offset)) { DataEndsStream = false };
    }

    private static UnmanagedMemoryStream OpenAt(ArtifactBytes bytes, long offset)
    {
        UnmanagedMemoryStream stream = bytes.OpenStream();
        stream.Position = offset;
        return stream;
    }
}
