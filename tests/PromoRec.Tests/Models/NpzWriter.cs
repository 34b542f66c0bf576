using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace PromoRec.Tests.Models;

/// <summary>Writes .npz files as numpy.savez and numpy.savez_compressed do.</summary>
internal static class NpzWriter
{
    public static byte[] Write(params (string Name, byte[] Array)[] arrays) => Write(CompressionLevel.Optimal, arrays);

    public static byte[] Write(CompressionLevel level, params (string Name, byte[] Array)[] arrays)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] array) in arrays)
            {
                using Stream entry = archive.CreateEntry($"{name}.npy", level).Open();
                entry.Write(array);
            }
        }

        return stream.ToArray();
    }

    public static byte[] Array<T>(string description, int[] shape, T[] elements, bool fortranOrder = false, byte version = 1)
        where T : unmanaged => Array(description, shape, MemoryMarshal.AsBytes<T>(elements).ToArray(), fortranOrder, version);

    public static byte[] Array(string description, int[] shape, byte[] data, bool fortranOrder = false, byte version = 1)
    {
        string tuple = shape.Length == 1 ? $"({shape[0]},)" : $"({string.Join(", ", shape)})";
        return Array($"{{'descr': '{description}', 'fortran_order': {(fortranOrder ? "True" : "False")}, 'shape': {tuple}, }}", data, version);
    }

    /// <summary>A .npy file with the header given, padded with blanks to a multiple of 64 as numpy does.</summary>
    public static byte[] Array(string header, byte[] data, byte version = 1)
    {
        int prefix = version == 1 ? 10 : 12;
        int length = ((prefix + header.Length + 1 + 63) / 64 * 64) - prefix;
        byte[] start = new byte[prefix];
        new byte[] { 0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', version, 0 }.CopyTo(start, 0);
        if (version == 1)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(start.AsSpan(8), (ushort)length);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(start.AsSpan(8), (uint)length);
        }

        return [.. start, .. Encoding.Latin1.GetBytes(header.PadRight(length - 1) + "\n"), .. data];
    }

    /// <summary>Texts as numpy's fixed-width Unicode.</summary>
    public static byte[] Texts(params string[] texts)
    {
        int width = texts.Max(text => text.EnumerateRunes().Count());
        var data = new MemoryStream();
        foreach (string text in texts)
        {
            byte[] utf32 = new byte[width * 4];
            Encoding.UTF32.GetBytes(text, utf32);
            data.Write(utf32);
        }

        return Array($"<U{width}", [texts.Length], data.ToArray());
    }
}
