using System.Buffers;
using System.Runtime.InteropServices;

namespace PromoRec.Models.Artifacts;

/// <summary>Lets a part of a mapped file or native buffer be used as <see cref="Memory{T}"/>, without a copy.</summary>
/// <remarks>
/// It holds the buffer's handle, whose finalizer unmaps the file: the mapping lives exactly as long as any memory made here is
/// reachable. A span does not keep it reachable, so whoever works on a span holds the memory's owner until done, with
/// <see cref="GC.KeepAlive"/> where nothing else uses the owner afterwards.
/// </remarks>
internal sealed unsafe class NativeMemoryManager<T> : MemoryManager<T>
    where T : unmanaged
{
    private readonly SafeBuffer _owner;
    private readonly T* _start;
    private readonly int _length;

    public NativeMemoryManager(SafeBuffer owner, T* start, int length)
    {
        _owner = owner;
        _start = start;
        _length = length;
    }

    public override Span<T> GetSpan() => new(_start, _length);

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(elementIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(elementIndex, _length);

        // The handle holds this manager, so pinned memory stays mapped.
        return new MemoryHandle(_start + elementIndex, default, this);
    }

    public override void Unpin() => GC.KeepAlive(_owner);

    protected override void Dispose(bool disposing)
    {
        // Nothing may end the mapping while other tensors of the same file are in use.
    }
}
