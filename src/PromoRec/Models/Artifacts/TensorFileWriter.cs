using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PromoRec.Models.Artifacts;

/// <summary>Writes a safetensors file whose tensors are aligned and covered by checksums. Equal content gives equal bytes.</summary>
internal static class TensorFileWriter
{
    public static void Write(Stream stream, SortedDictionary<string, string> metadata, IReadOnlyList<TensorData> tensors, CancellationToken cancellationToken)
    {
        byte[] header = Header(metadata, tensors, cancellationToken);
        stream.Write(header);
        byte[] zeros = new byte[ModelFormat.Alignment];
        foreach (TensorData tensor in tensors)
        {
            tensor.Write(piece =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                stream.Write(piece);
            });
            stream.Write(zeros.AsSpan(0, PaddingAfter(tensor)));
        }
    }

    /// <summary>The header's length and JSON, padded so that the data starts aligned.</summary>
    private static byte[] Header(SortedDictionary<string, string> metadata, IReadOnlyList<TensorData> tensors, CancellationToken cancellationToken)
    {
        var all = new SortedDictionary<string, string>(metadata, StringComparer.Ordinal);
        foreach (TensorData tensor in tensors)
        {
            if (!tensor.IsFinite())
            {
                throw new PromoRecException(
                    PromoRecErrorCode.InvalidArtifact,
                    $"The model cannot be saved: its tensor '{tensor.Name}' holds an infinity or NaN, and a file with that could not be loaded. Train again on values that are scaled down.");
            }

            all[ModelFormat.TensorChecksumPrefix + tensor.Name] = Checksums.OfTensor(tensor, cancellationToken);
        }

        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartObject(TensorFile.MetadataKey);
        json.WriteString(ModelFormat.HeaderChecksumKey, Checksums.PlaceholderDigits);
        json.Flush();
        int digitsAt = TensorFile.PrefixLength + buffer.WrittenCount - 1 - Checksums.HexLength;
        foreach ((string key, string value) in all)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
        WriteTensors(json, tensors);
        json.WriteEndObject();
        json.Flush();

        int unpadded = TensorFile.PrefixLength + buffer.WrittenCount;
        byte[] header = new byte[RoundUp(unpadded)];
        header.AsSpan(unpadded).Fill((byte)' ');
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)(header.Length - TensorFile.PrefixLength));
        buffer.WrittenSpan.CopyTo(header.AsSpan(TensorFile.PrefixLength));
        Encoding.ASCII.GetBytes(Checksums.OfHeader(header, digitsAt), header.AsSpan(digitsAt));
        return header;
    }

    private static void WriteTensors(Utf8JsonWriter json, IReadOnlyList<TensorData> tensors)
    {
        long at = 0;
        int paddings = 0;
        foreach (TensorData tensor in tensors)
        {
            WriteTensor(json, tensor.Name, tensor.Type.Name, tensor.Shape, ref at, tensor.ByteCount);

            // The format allows no holes between tensors, so what aligns the next one is a tensor itself.
            int padding = PaddingAfter(tensor);
            if (padding > 0)
            {
                WriteTensor(json, ModelFormat.PaddingPrefix + paddings++.ToString(CultureInfo.InvariantCulture), "U8", [padding], ref at, padding);
            }
        }
    }

    private static void WriteTensor(Utf8JsonWriter json, string name, string type, long[] shape, ref long at, long byteCount)
    {
        json.WriteStartObject(name);
        json.WriteString("dtype", type);
        json.WriteStartArray("shape");
        foreach (long dimension in shape)
        {
            json.WriteNumberValue(dimension);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(at);
        at += byteCount;
        json.WriteNumberValue(at);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static int PaddingAfter(TensorData tensor) => (int)((ModelFormat.Alignment - (tensor.ByteCount % ModelFormat.Alignment)) % ModelFormat.Alignment);

    private static int RoundUp(int length) => (length + ModelFormat.Alignment - 1) / ModelFormat.Alignment * ModelFormat.Alignment;
}
