using PromoRec.Models.Artifacts;

namespace PromoRec.Models.Import;

/// <summary>An array of a file from elsewhere, with its shape checked against the bytes that there are.</summary>
/// <param name="Bytes">The file, for messages.</param>
/// <param name="Name">How the file calls it.</param>
/// <param name="Kind">Its element type.</param>
/// <param name="ElementSize">Bytes of an element.</param>
/// <param name="Shape">Its dimensions; their product times the size is the length of the data.</param>
/// <param name="FortranOrder">Whether the first index runs fastest.</param>
/// <param name="DataOffset">First byte of the data, as messages count.</param>
/// <param name="Open">Opens a stream that stands at the data.</param>
internal sealed record ImportedArray(ArtifactBytes Bytes, string Name, ElementKind Kind, int ElementSize, long[] Shape, bool FortranOrder, long DataOffset, Func<Stream> Open)
{
    private const int BufferLength = 1 << 16;

    /// <summary>Takes the bytes of some whole elements, of which the first has the index <paramref name="first"/>.</summary>
    public delegate void ElementSink(long first, ReadOnlySpan<byte> elements);

    /// <summary>Reads all elements in the order of the file.</summary>
    public void Read(ElementSink sink)
    {
        long length = ElementSize;
        foreach (long dimension in Shape)
        {
            length *= dimension;
        }

        byte[] buffer = new byte[Math.Max(ElementSize, BufferLength / ElementSize * ElementSize)];
        using Stream stream = Open();
        for (long at = 0; at < length;)
        {
            int wanted = (int)Math.Min(buffer.Length, length - at);
            int read = stream.ReadAtLeast(buffer.AsSpan(0, wanted), wanted, throwOnEndOfStream: false);
            if (read < wanted)
            {
                throw Fault(at + read, "the array ends here", $"{length:N0} bytes of elements");
            }

            sink(at / ElementSize, buffer.AsSpan(0, wanted));
            at += wanted;
        }

        // Reaching the end is what makes a packed stream verify its checksum.
        if (stream.ReadByte() >= 0 && DataEndsStream)
        {
            throw Fault(length, "bytes follow the elements", "the end of the array");
        }
    }

    /// <summary>Whether the stream ends with the data; in a safetensors file other tensors follow.</summary>
    public bool DataEndsStream { get; init; } = true;

    /// <summary>The exception for a fault at a byte of the data.</summary>
    public ArtifactException Fault(long dataOffset, string fault, string expected, string remedy = "Export the factors again.", Exception? inner = null) =>
        Bytes.Fault(DataOffset + dataOffset, $"array '{Name}': {fault}", expected, remedy, inner);
}
