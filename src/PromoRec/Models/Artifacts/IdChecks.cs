using System.Text;
using System.Text.Unicode;
using PromoRec.Datasets;

namespace PromoRec.Models.Artifacts;

/// <summary>Checks of an id index. No message holds an id: ids may be personal data.</summary>
internal static class IdChecks
{
    /// <summary>Every id must be what <see cref="IdValue"/> accepts, and come after the one before it in ordinal order.</summary>
    public static void Text(ArtifactBytes bytes, TensorEntry textEntry, ReadOnlySpan<byte> text, TensorEntry offsetsEntry, ReadOnlySpan<long> offsets)
    {
        ContentChecks.Ascending(bytes, offsetsEntry, offsets);
        ReadOnlySpan<byte> previous = default;
        for (int row = 0; row + 1 < offsets.Length; row++)
        {
            ReadOnlySpan<byte> id = text[(int)offsets[row]..(int)offsets[row + 1]];
            long at = textEntry.Offset + offsets[row];
            if (!Utf8.IsValid(id))
            {
                throw bytes.Fault(at, $"id {row:N0} of '{textEntry.Name}' is not valid UTF-8", "ids in UTF-8");
            }

            if (IsBlank(id) || (id.Length > IdValue.MaxLength && Encoding.UTF8.GetCharCount(id) > IdValue.MaxLength))
            {
                throw bytes.Fault(at, $"id {row:N0} of '{textEntry.Name}' is blank or has {id.Length:N0} bytes", $"1 to {IdValue.MaxLength:N0} characters, not all blank");
            }

            if (row > 0 && OrdinalText.Compare(previous, id) >= 0)
            {
                throw bytes.Fault(at, $"id {row:N0} of '{textEntry.Name}' does not come after the id before it", "distinct ids in ordinal order");
            }

            previous = id;
        }
    }

    /// <summary>Every row must stand in the hash table, once.</summary>
    public static void Slots(ArtifactBytes bytes, TensorEntry entry, ReadOnlySpan<int> slots, int count)
    {
        var seen = new ulong[(count / 64) + 1];
        int rows = 0;
        for (int i = 0; i < slots.Length; i++)
        {
            int row = slots[i] - 1;
            if (row == -1)
            {
                continue;
            }

            if ((uint)row >= (uint)count || (seen[row / 64] & (1UL << (row % 64))) != 0)
            {
                throw bytes.Fault(entry.Offset + ((long)i * sizeof(int)), $"slot {i:N0} of '{entry.Name}' holds {slots[i]:N0}", $"0, or a row from 1 to {count:N0} that no other slot holds");
            }

            seen[row / 64] |= 1UL << (row % 64);
            rows++;
        }

        if (rows != count)
        {
            throw bytes.Fault(entry.Offset, $"the slots '{entry.Name}' hold {rows:N0} rows", $"all {count:N0}");
        }
    }

    private static bool IsBlank(ReadOnlySpan<byte> id)
    {
        while (!id.IsEmpty)
        {
            Rune.DecodeFromUtf8(id, out Rune rune, out int consumed);
            if (!Rune.IsWhiteSpace(rune))
            {
                return false;
            }

            id = id[consumed..];
        }

        return true;
    }
}
