namespace PromoRec.Cli.Output;

/// <summary>One tensor of a file.</summary>
internal sealed record TensorEntry(string Name, string Type, IReadOnlyList<long> Shape, long Offset, long Bytes, string Checksum);
