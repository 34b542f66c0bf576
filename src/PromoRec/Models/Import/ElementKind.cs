namespace PromoRec.Models.Import;

/// <summary>Element types that an imported array may have, whether as factors, as ids, or as both.</summary>
internal enum ElementKind
{
    Float16,
    BFloat16,
    Float32,
    Float64,
    Int8,
    Int16,
    Int32,
    Int64,
    UInt8,
    UInt16,
    UInt32,
    UInt64,

    /// <summary>Text of a fixed number of UTF-32 code points, filled up with zeros.</summary>
    Utf32,
}
