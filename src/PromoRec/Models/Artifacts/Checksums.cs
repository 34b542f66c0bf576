using System.Security.Cryptography;

namespace PromoRec.Models.Artifacts;

/// <summary>
/// SHA-256 over everything: one checksum for each tensor in the metadata, and one there for the length and the header, computed with its
/// own digits as zeros. Padding must be zero and tensors touch, so that no byte of a file is outside of a checksum's reach.
/// </summary>
internal static class Checksums
{
    public const int HexLength = 2 * SHA256.HashSizeInBytes;
    private const int Chunk = 1 << 20;

    public static string PlaceholderDigits { get; } = new('0', HexLength);

    /// <summary>The checksum that the header should have: over its length and JSON, with the 64 digits at <paramref name="digitsAt"/> as zeros.</summary>
    public static string OfHeader(ReadOnlySpan<byte> prefixAndHeader, int digitsAt)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> zeros = stackalloc byte[HexLength];
        zeros.Fill((byte)'0');
        hash.AppendData(prefixAndHeader[..digitsAt]);
        hash.AppendData(zeros);
        hash.AppendData(prefixAndHeader[(digitsAt + HexLength)..]);
        return Hex(hash);
    }

    public static string OfTensor(ArtifactBytes bytes, TensorEntry tensor)
    {
        if (tensor.ByteCount <= Chunk)
        {
            Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(bytes.Slice(tensor.Offset, (int)tensor.ByteCount), digest);
            return Convert.ToHexStringLower(digest);
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (long at = 0; at < tensor.ByteCount; at += Chunk)
        {
            hash.AppendData(bytes.Slice(tensor.Offset + at, (int)Math.Min(Chunk, tensor.ByteCount - at)));
        }

        return Hex(hash);
    }

    public static string OfTensor(TensorData tensor, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        tensor.Write(chunk =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(chunk);
        });
        return Hex(hash);
    }

    public static ModelChecksum CheckHeader(ArtifactBytes bytes, TensorFile file)
    {
        if (file.HeaderChecksumOffset < 0)
        {
            return ModelChecksum.Absent;
        }

        string actual = OfHeader(bytes.Slice(0, TensorFile.PrefixLength + file.HeaderLength), (int)file.HeaderChecksumOffset);
        return actual == file.Metadata[ModelFormat.HeaderChecksumKey] ? ModelChecksum.Matches : ModelChecksum.Differs;
    }

    /// <summary>Whether a tensor has the checksum that the metadata gives; padding, which has none, matches if it is zero.</summary>
    public static ModelChecksum CheckTensor(ArtifactBytes bytes, TensorFile file, TensorEntry tensor) =>
        file.Metadata.TryGetValue(ModelFormat.TensorChecksumPrefix + tensor.Name, out string? expected)
            ? OfTensor(bytes, tensor) == expected ? ModelChecksum.Matches : ModelChecksum.Differs
            : !IsPadding(file, tensor) ? ModelChecksum.Absent
            : bytes.Slice(tensor.Offset, (int)tensor.ByteCount).ContainsAnyExcept((byte)0) ? ModelChecksum.Differs
            : ModelChecksum.Matches;

    public static bool IsPadding(TensorFile file, TensorEntry tensor) =>
        ModelFormat.IsOurs(file) && tensor.Name.StartsWith(ModelFormat.PaddingPrefix, StringComparison.Ordinal) && tensor.ByteCount < ModelFormat.Alignment;

    private static string Hex(IncrementalHash hash)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return Convert.ToHexStringLower(digest);
    }
}
