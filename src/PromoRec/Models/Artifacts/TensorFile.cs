namespace PromoRec.Models.Artifacts;

/// <summary>What the header of a safetensors file says, checked against the file's length.</summary>
/// <param name="Metadata">The text entries.</param>
/// <param name="Tensors">The tensors in the order of their bytes: they touch each other and end where the file ends.</param>
/// <param name="HeaderLength">Length of the JSON with its padding, which starts at byte 8.</param>
/// <param name="HeaderChecksumOffset">First of the 64 digits of the header's own checksum, or -1 where there is none.</param>
internal sealed record TensorFile(Dictionary<string, string> Metadata, List<TensorEntry> Tensors, int HeaderLength, long HeaderChecksumOffset)
{
    /// <summary>Bytes of the header's length at the start of the file.</summary>
    public const int PrefixLength = sizeof(ulong);

    /// <summary>Longest header that is read.</summary>
    public const int MaxHeaderLength = 100_000_000;

    /// <summary>Most tensors that are read; a model needs about twenty.</summary>
    public const int MaxTensors = 65_536;

    public const string MetadataKey = "__metadata__";

    /// <summary>First byte of the tensors.</summary>
    public long DataOffset => PrefixLength + (long)HeaderLength;
}
