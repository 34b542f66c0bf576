using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace PromoRec.Push.Ledger;

/// <summary>The 128 bits that tell whether two requests of one key ask for the same.</summary>
internal static class RequestContent
{
    public static UInt128 Of(ReservationRequest request)
    {
        UInt128 hash = StableHash.Of(MemoryMarshal.Cast<LedgerLabel, char>(request.Labels.AsSpan()), (ulong)request.Labels.Length);
        hash = Add(hash, StableHash.Of(MemoryMarshal.Cast<LedgerLabel, char>(request.ShortLabels.AsSpan()), (ulong)request.OnExpiry));
        foreach (ref readonly BudgetClaim budget in request.Budgets.AsSpan())
        {
            hash = Add(hash, StableHash.Of(budget.Key, (ulong)budget.Amount));
        }

        return hash;
    }

    // The order counts: what comes later is mixed with all before it.
    private static UInt128 Add(UInt128 hash, UInt128 part)
    {
        Span<byte> both = stackalloc byte[32];
        BinaryPrimitives.WriteUInt128LittleEndian(both, hash);
        BinaryPrimitives.WriteUInt128LittleEndian(both[16..], part);
        return StableHash.Of(MemoryMarshal.Cast<byte, char>(both));
    }
}
