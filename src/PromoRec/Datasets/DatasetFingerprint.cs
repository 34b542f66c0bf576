using System.Runtime.InteropServices;
using System.Security.Cryptography;
using PromoRec.Numerics;

namespace PromoRec.Datasets;

/// <summary>SHA-256 over ids and matrices: equal content gives equal text, on every little-endian machine.</summary>
internal static class DatasetFingerprint
{
    public static string Compute(IdIndex users, IdIndex items, IdIndex offers, CsrMatrix byUser, CsrMatrix consumedItems, CsrMatrix consumedOffers, ReadOnlySpan<int> lastDays = default, EventHistory? events = null)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("promorec-dataset-1"u8);
        foreach (IdIndex index in (ReadOnlySpan<IdIndex>)[users, items, offers])
        {
            // Every part says how long it is before it comes, so that two contents cannot run into the same bytes.
            Append<long>(hash, [index.Count]);
            Append(hash, index.Offsets.Span);
            hash.AppendData(index.Text.Span);
        }

        foreach (CsrMatrix matrix in (ReadOnlySpan<CsrMatrix>)[byUser, consumedItems, consumedOffers])
        {
            Append<long>(hash, [matrix.Rows, matrix.Columns]);
            Append(hash, matrix.Offsets);
            Append(hash, matrix.AllColumns);
            if (matrix.IsOnes)
            {
                AppendOnes(hash, matrix.Count);
            }
            else
            {
                Append(hash, matrix.AllValues);
            }
        }

        // A dataset without these parts keeps the fingerprint that it has always had.
        if (!lastDays.IsEmpty)
        {
            hash.AppendData("last-days"u8);
            Append(hash, lastDays);
        }

        if (events is not null)
        {
            Append<long>(hash, [events.AsOfTicks]);
            Append(hash, events.Offsets);
            Append(hash, events.All);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void AppendOnes(IncrementalHash hash, int count)
    {
        var ones = new float[Math.Min(count, 1 << 14)];
        ones.AsSpan().Fill(1);
        for (; count > 0; count -= ones.Length)
        {
            Append<float>(hash, ones.AsSpan(0, Math.Min(count, ones.Length)));
        }
    }

    private static void Append<T>(IncrementalHash hash, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        // The length of a span of bytes is an int, so long arrays go in parts.
        const int Part = 1 << 20;
        for (; values.Length > Part; values = values[Part..])
        {
            hash.AppendData(MemoryMarshal.AsBytes(values[..Part]));
        }

        hash.AppendData(MemoryMarshal.AsBytes(values));
    }
}
