using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using PromoRec.Models.Artifacts;

namespace PromoRec.Models.Import;

/// <summary>The arrays of a numpy .npz file, which is a zip archive of .npy files.</summary>
internal static class NpzFile
{
    // Learnt factors hardly pack at all. What claims to have packed better than this is no factors, and would take memory out of
    // proportion to the file before its data showed that.
    private const long MaxRatio = 64;
    private const long AlwaysAllowed = 1 << 20;
    private const string Extension = ".npy";

    public static bool Matches(ArtifactBytes bytes) =>
        bytes.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(0, 4)) is 0x04034B50 or 0x06054B50;

    /// <summary>Opens an array by name; null where there is none. Arrays of other names are never looked at.</summary>
    public static ImportedArray? Find(ArtifactBytes bytes, ZipArchive archive, string name)
    {
        ZipArchiveEntry? entry = archive.GetEntry(name + Extension);
        if (entry is null)
        {
            return null;
        }

        if (entry.Length < 0 || entry.CompressedLength < 0 || entry.CompressedLength > bytes.Length || entry.Length > (entry.CompressedLength * MaxRatio) + AlwaysAllowed)
        {
            throw bytes.Fault(0, $"array '{name}' claims {entry.Length:N0} bytes, packed into {entry.CompressedLength:N0}", "sizes that a file of this length can hold");
        }

        using Stream stream = entry.Open();
        int headerEnd = ReadHeader(bytes, name, stream, out NpyHeader header);
        if (NpyHeader.ElementOf(header.Description) is not { } element)
        {
            throw bytes.Fault(NpyHeader.MagicLength, $"array '{name}' has the element type '{Show(header.Description)}'", "little-endian float16, float32 or float64 for factors, and whole numbers or Unicode texts for ids", "Convert it with astype before exporting.");
        }

        UInt128 length = (UInt128)element.Size;
        foreach (long dimension in header.Shape)
        {
            length *= (UInt128)dimension;
            if (length > long.MaxValue)
            {
                break;
            }
        }

        if (length != (UInt128)(entry.Length - headerEnd))
        {
            throw bytes.Fault(headerEnd, $"array '{name}' has {entry.Length - headerEnd:N0} bytes of elements", $"{length:N0}, which its shape and type need");
        }

        return new ImportedArray(bytes, name, element.Kind, element.Size, header.Shape, header.FortranOrder, headerEnd, () => OpenData(entry, headerEnd));
    }

    private static int ReadHeader(ArtifactBytes bytes, string name, Stream stream, out NpyHeader header)
    {
        Span<byte> start = stackalloc byte[NpyHeader.MagicLength + sizeof(uint)];
        Read(bytes, name, stream, start[..NpyHeader.MagicLength]);
        byte major = start[NpyHeader.Magic.Length];
        if (!start.StartsWith(NpyHeader.Magic) || major is < 1 or > 3)
        {
            throw bytes.Fault(0, $"array '{name}' is no .npy file of version 1 to 3", "the bytes 93 4E 55 4D 50 59 and a version");
        }

        int sizeLength = major == 1 ? sizeof(ushort) : sizeof(uint);
        Span<byte> size = start.Slice(NpyHeader.MagicLength, sizeLength);
        Read(bytes, name, stream, size);
        uint length = major == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(size) : BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (length > NpyHeader.MaxLength)
        {
            throw bytes.Fault(NpyHeader.MagicLength, $"array '{name}' has a header of {length:N0} bytes", $"at most {NpyHeader.MaxLength:N0}");
        }

        byte[] text = new byte[length];
        Read(bytes, name, stream, text);
        int headerStart = NpyHeader.MagicLength + sizeLength;
        header = NpyHeader.Parse(Encoding.Latin1.GetString(text))
            ?? throw bytes.Fault(headerStart, $"array '{name}' has a header that cannot be read", "a dictionary of descr, fortran_order and shape; structured arrays are not imported", "Export plain arrays.");
        return headerStart + text.Length;
    }

    private static void Read(ArtifactBytes bytes, string name, Stream stream, Span<byte> destination)
    {
        if (stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false) < destination.Length)
        {
            throw bytes.Fault(0, $"array '{name}' ends within its header", "a whole .npy file");
        }
    }

    private static Crc32Stream OpenData(ZipArchiveEntry entry, int headerEnd)
    {
        var stream = new Crc32Stream(entry.Open(), entry.Crc32);
        Span<byte> skipped = stackalloc byte[512];
        for (int left = headerEnd; left > 0;)
        {
            int read = stream.Read(skipped[..Math.Min(left, skipped.Length)]);
            if (read == 0)
            {
                break;
            }

            left -= read;
        }

        return stream;
    }

    private static string Show(string description) => description[..Math.Min(description.Length, 20)];
}
