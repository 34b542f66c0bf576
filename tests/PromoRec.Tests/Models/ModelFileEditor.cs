using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using PromoRec.Models.Artifacts;

namespace PromoRec.Tests.Models;

/// <summary>Edits a model file and makes its checksums right again, so that tests reach what stands behind them.</summary>
internal static class ModelFileEditor
{
    public static int HeaderLength(byte[] file) => (int)BinaryPrimitives.ReadUInt64LittleEndian(file);

    public static JsonObject Header(byte[] file) => JsonNode.Parse(file.AsSpan(8, HeaderLength(file)))!.AsObject();

    public static byte[] WithHeader(byte[] file, Action<JsonObject> edit)
    {
        JsonObject header = Header(file);
        edit(header);
        return WithHeader(file, header.ToJsonString());
    }

    /// <summary>The file with another header, padded so that its data stays aligned.</summary>
    public static byte[] WithHeader(byte[] file, string json)
    {
        byte[] text = Encoding.UTF8.GetBytes(json);
        int length = ((8 + text.Length + 63) / 64 * 64) - 8;
        byte[] result = new byte[8 + length + file.Length - 8 - HeaderLength(file)];
        BinaryPrimitives.WriteUInt64LittleEndian(result, (ulong)length);
        result.AsSpan(8, length).Fill((byte)' ');
        text.CopyTo(result, 8);
        file.AsSpan(8 + HeaderLength(file)).CopyTo(result.AsSpan(8 + length));
        return SealHeader(result);
    }

    /// <summary>First and last byte of a tensor in the file.</summary>
    public static (int Start, int End) Extent(byte[] file, string tensor)
    {
        JsonArray offsets = Header(file)[tensor]!["data_offsets"]!.AsArray();
        int data = 8 + HeaderLength(file);
        return (data + (int)offsets[0]!, data + (int)offsets[1]!);
    }

    /// <summary>The file with other bytes in a tensor and the checksums to match.</summary>
    public static byte[] WithTensor(byte[] file, string tensor, Action<byte[], int> edit)
    {
        byte[] result = [.. file];
        (int start, int end) = Extent(file, tensor);
        edit(result, start);
        Replace(result, ModelFormat.TensorChecksumPrefix + tensor, Convert.ToHexStringLower(SHA256.HashData(result.AsSpan(start..end))));
        return SealHeader(result);
    }

    /// <summary>Computes the header's checksum anew where the file still has a place for it.</summary>
    public static byte[] SealHeader(byte[] file)
    {
        if (file.Length < 8 || BinaryPrimitives.ReadUInt64LittleEndian(file) > (ulong)file.Length - 8)
        {
            return file;
        }

        if (Replace(file, ModelFormat.HeaderChecksumKey, new string('0', 64)))
        {
            Replace(file, ModelFormat.HeaderChecksumKey, Convert.ToHexStringLower(SHA256.HashData(file.AsSpan(0, 8 + HeaderLength(file)))));
        }

        return file;
    }

    private static bool Replace(byte[] file, string key, string digits)
    {
        Span<byte> header = file.AsSpan(8, HeaderLength(file));
        byte[] prefix = Encoding.UTF8.GetBytes($"\"{key}\":\"");
        int at = header.IndexOf(prefix);
        if (at < 0 || at + prefix.Length + digits.Length > header.Length)
        {
            return false;
        }

        Encoding.ASCII.GetBytes(digits, header[(at + prefix.Length)..]);
        return true;
    }
}
