namespace PromoRec.Models.Artifacts;

/// <summary>A tensor as the header of a file describes it, with its extent checked against the file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its element type.</param>
/// <param name="Shape">Its dimensions, none negative.</param>
/// <param name="Offset">Its first byte, from the start of the file.</param>
/// <param name="ByteCount">Its length in bytes, the product of shape and element size.</param>
/// <param name="HeaderOffset">Where the header names it, for messages.</param>
internal sealed record TensorEntry(string Name, TensorType Type, long[] Shape, long Offset, long ByteCount, long HeaderOffset)
{
    public long Count => ByteCount / Type.Size;

    public string ShapeText => $"[{string.Join(", ", Shape)}]";
}
