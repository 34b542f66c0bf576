using System.Diagnostics.CodeAnalysis;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace PromoRec.Models.Artifacts;

/// <summary>The bytes of a model file, mapped or copied, of any length. Every access is checked against the length.</summary>
/// <remarks>Disposing unmaps: only whoever let no memory escape may do it. Otherwise the finalizer of the buffer's handle does.</remarks>
internal sealed unsafe class ArtifactBytes : IDisposable
{
    private const int ReadChunk = 1 << 20;
    private const string DefaultRemedy = "The file is damaged, or is not a model file: copy it again from its source, or save the model again.";

    private readonly SafeBuffer _buffer;
    private readonly long _offset;
    private readonly byte* _start;

    private ArtifactBytes(string name, SafeBuffer buffer, long offset, long length)
    {
        Name = name;
        Length = length;
        _buffer = buffer;
        _offset = offset;
        byte* start = null;
        buffer.AcquirePointer(ref start);
        _start = start + offset;

        // The handle, not a count that nobody would ever take back, keeps the memory: its finalizer frees it.
        buffer.ReleasePointer();
    }

    /// <summary>How messages call the file.</summary>
    public string Name { get; }

    public long Length { get; }

    /// <summary>Maps a file, read-only.</summary>
    public static ArtifactBytes Map(string path)
    {
        using FileStream file = Open(path, out long length);
        if (length == 0)
        {
            // An empty file cannot be mapped; the parser refuses it by its length.
            return new ArtifactBytes(Quote(path), new NativeBuffer(0), 0, 0);
        }

        using var mapping = MemoryMappedFile.CreateFromFile(file, mapName: null, capacity: 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);

        // The view outlives the mapping object and the open file.
        MemoryMappedViewAccessor view = mapping.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        return new ArtifactBytes(Quote(path), view.SafeMemoryMappedViewHandle, view.PointerOffset, length);
    }

    /// <summary>Reads a file into native memory.</summary>
    public static ArtifactBytes Read(string path)
    {
        using FileStream file = Open(path, out long length);
        var bytes = new ArtifactBytes(Quote(path), new NativeBuffer(length), 0, length);
        for (long at = 0; at < length;)
        {
            int wanted = (int)Math.Min(ReadChunk, length - at);
            int read = file.Read(new Span<byte>(bytes._start + at, wanted));
            if (read == 0)
            {
                throw bytes.Fault(at, $"the file ends here, though it had {length:N0} bytes when it was opened", "a file that does not change while it is read", "Load it again.");
            }

            at += read;
        }

        GC.KeepAlive(bytes);
        return bytes;
    }

    /// <summary>Copies bytes into aligned native memory.</summary>
    public static ArtifactBytes Copy(ReadOnlySpan<byte> source)
    {
        var bytes = new ArtifactBytes("The model", new NativeBuffer(source.Length), 0, source.Length);
        source.CopyTo(new Span<byte>(bytes._start, source.Length));
        GC.KeepAlive(bytes);
        return bytes;
    }

    /// <summary>A part that is a file of its own. It shares the memory: it is not to be disposed of.</summary>
    /// <param name="name">What messages call it, beside the whole file.</param>
    /// <param name="offset">Where it begins.</param>
    /// <param name="length">Its length.</param>
    public ArtifactBytes Part(string name, long offset, long length)
    {
        CheckRange(offset, length);
        return new ArtifactBytes($"{Name}, part '{name}'", _buffer, _offset + offset, length);
    }

    /// <summary>A part of the bytes; the caller keeps this object reachable while using it.</summary>
    public ReadOnlySpan<byte> Slice(long offset, int length)
    {
        CheckRange(offset, length);
        return new ReadOnlySpan<byte>(_start + offset, length);
    }

    /// <summary>A part of the bytes as memory that keeps them mapped.</summary>
    public Memory<T> View<T>(long offset, int count)
        where T : unmanaged
    {
        CheckRange(offset, (long)count * sizeof(T));
        return new NativeMemoryManager<T>(_buffer, (T*)(_start + offset), count).Memory;
    }

    /// <summary>All bytes as a stream; the caller keeps this object reachable while using it.</summary>
    public UnmanagedMemoryStream OpenStream() => new(_start, Length);

    /// <summary>The exception that says where the bytes are wrong and what would have been right.</summary>
    public ArtifactException Fault(long offset, string fault, string expected, string remedy = DefaultRemedy, Exception? inner = null) =>
        new($"{Name}, byte {offset:N0}: {fault}; expected {expected}. {remedy}", offset, inner);

    public void Dispose() => _buffer.Dispose();

    private static FileStream Open(string path, out long length)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (Directory.Exists(path))
        {
            ThrowNotAFile(path, "is a folder");
        }

        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no model file {Quote(path)}. Check the path, or save a model there first.", path);
        }

        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        if (!file.CanSeek)
        {
            file.Dispose();
            ThrowNotAFile(path, "is a pipe or a device");
        }

        length = file.Length;
        return file;
    }

    [DoesNotReturn]
    private static void ThrowNotAFile(string path, string what) =>
        throw new ArtifactException($"{Quote(path)} {what}; expected a model file. Name the file itself.", 0);

    private static string Quote(string path) => $"'{path}'";

    private void CheckRange(long offset, long length)
    {
        if (offset < 0 || length < 0 || offset > Length - length)
        {
            throw new ArgumentOutOfRangeException(nameof(offset), $"Bytes {offset} to {offset + length} are outside the {Length} bytes of the file.");
        }
    }
}
