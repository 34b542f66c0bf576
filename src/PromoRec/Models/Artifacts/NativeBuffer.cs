using System.Runtime.InteropServices;

namespace PromoRec.Models.Artifacts;

/// <summary>Aligned memory outside the collected heap, so that a file of any length fits and nothing moves. Freed once unreachable.</summary>
internal sealed unsafe class NativeBuffer : SafeBuffer
{
    private const int Alignment = 64;

    public NativeBuffer(long length)
        : base(ownsHandle: true)
    {
        SetHandle((nint)NativeMemory.AlignedAlloc((nuint)Math.Max(1, length), Alignment));
        Initialize((ulong)length);
    }

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }
}
