using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace PromoRec.Push;

/// <summary>What a push is, whatever its request is called: 128 bits of campaign, offer, channel and occurrence. The customer is not in it, because every ledger keeps customers apart.</summary>
internal static class NaturalKey
{
    public static UInt128 Of(PushRequest request)
    {
        // The hash of a part is the seed of the next, so that moving a character from one part to another gives another key.
        UInt128 hash = StableHash.Of(request.Campaign);
        hash = Chain(hash, request.Offer.Id.Value.AsText(stackalloc char[IdValue.MaxNumberLength]));
        hash = Chain(hash, request.Channel.ToString());
        return Chain(hash, request.Occurrence);
    }

    private static UInt128 Chain(UInt128 hash, ReadOnlySpan<char> part)
    {
        Span<byte> both = stackalloc byte[32];
        BinaryPrimitives.WriteUInt128LittleEndian(both, hash);
        BinaryPrimitives.WriteUInt128LittleEndian(both[16..], StableHash.Of(part));
        return StableHash.Of(MemoryMarshal.Cast<byte, char>(both));
    }
}
