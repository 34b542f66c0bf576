namespace PromoRec.Models;

/// <summary>One tensor of a model file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DataType">Its element type as safetensors writes it: "F32", "I64".</param>
/// <param name="Shape">Its dimensions; empty for a single number.</param>
/// <param name="Offset">Its first byte, from the start of the file.</param>
/// <param name="ByteCount">Its length in bytes.</param>
/// <param name="Checksum">Whether its bytes are those that were written.</param>
public sealed record ModelTensorInfo(string Name, string DataType, IReadOnlyList<long> Shape, long Offset, long ByteCount, ModelChecksum Checksum);
