using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace PromoRec.Push.Ledger;

/// <summary>The bytes of a customer's account, as a store keeps them in one row.</summary>
/// <remarks>
/// A format byte; flags; the consent version; what was forgotten; the distinct lists of labels; the entries, oldest first, each with its distance in time from
/// the one before and the number of its list of labels. A later format is refused; an earlier one will be read.
/// </remarks>
internal static class AccountCodec
{
    /// <summary>The format that is written.</summary>
    public const byte Format = 1;

    private const byte ErasedFlag = 1;
    private const byte ForgottenFlag = 2;
    private const int ScratchLength = 1024;

    public static byte[] Write(CustomerHistory history)
    {
        PackedWriter writer = new(stackalloc byte[ScratchLength]);
        writer.Byte(Format);
        writer.Byte((byte)((history.IsErased ? ErasedFlag : 0) | (history.ForgottenThrough is null ? 0 : ForgottenFlag)));
        writer.Number((ulong)history.ConsentVersion);
        List<ImmutableArray<LedgerLabel>> lists = DistinctLabels(history);
        writer.Number((ulong)lists.Count);
        foreach (ImmutableArray<LedgerLabel> list in lists)
        {
            WriteLabels(ref writer, list);
        }

        if (history.ForgottenThrough is { } through)
        {
            writer.Signed(through.UtcTicks);
            writer.Number((ulong)history.Forgotten.Length);
            foreach (ForgottenCount dropped in history.Forgotten)
            {
                writer.Number((ulong)IndexOf(lists, dropped.Labels));
                writer.Number((ulong)dropped.Count);
            }
        }

        writer.Number((ulong)history.Entries.Length);
        long before = 0;
        foreach (LedgerEntry entry in history.Entries)
        {
            WriteEntry(ref writer, entry, IndexOf(lists, entry.Labels), before);
            before = entry.At.UtcTicks;
        }

        return writer.ToArrayAndFree();
    }

    /// <exception cref="LedgerUnavailableException">The bytes are not an account, or are one of a later format.</exception>
    public static CustomerHistory Read(ReadOnlySpan<byte> bytes, DateTimeOffset now)
    {
        PackedReader reader = new(bytes);
        if (reader.Byte() is var format && format > Format)
        {
            throw new LedgerUnavailableException(
                LedgerFault.IncompatibleSchema, $"A customer's account has format {format}, but this version reads formats up to {Format}. Update PromoRec on every replica.");
        }

        byte flags = reader.Byte();
        long consentVersion = (long)reader.Number();
        ImmutableArray<LedgerLabel>[] lists = new ImmutableArray<LedgerLabel>[reader.Count(1)];
        for (int i = 0; i < lists.Length; i++)
        {
            lists[i] = ReadLabels(ref reader);
        }

        DateTimeOffset? through = null;
        ImmutableArray<ForgottenCount> forgotten = [];
        if ((flags & ForgottenFlag) != 0)
        {
            through = reader.Instant(reader.Signed());
            forgotten = ReadForgotten(ref reader, lists);
        }

        ImmutableArray<LedgerEntry> entries = ReadEntries(ref reader, lists);
        reader.ThrowIfNotAtEnd();
        return new CustomerHistory(now, entries)
        {
            ConsentVersion = consentVersion,
            IsErased = (flags & ErasedFlag) != 0,
            ForgottenThrough = through,
            Forgotten = forgotten,
        };
    }

    private static void WriteEntry(ref PackedWriter writer, LedgerEntry entry, int labels, long before)
    {
        writer.Signed(entry.At.UtcTicks - before);
        writer.Signed(entry.ExpiresAt.UtcTicks - entry.At.UtcTicks);
        writer.Byte((byte)((int)entry.State | ((int)entry.OnExpiry << 4)));
        writer.Text(entry.Key);
        writer.Bits(entry.Content);
        writer.Number((ulong)labels);
        WriteLabels(ref writer, entry.ShortLabels);
        writer.Number((ulong)entry.Budgets.Length);
        foreach (BudgetHold hold in entry.Budgets)
        {
            writer.Text(hold.Key);
            writer.Text(hold.Period);
            writer.Number((ulong)hold.Amount);
            writer.Number((ulong)hold.Refunded);
        }

        writer.Number((ulong)entry.Refunds.Length);
        foreach (string refund in entry.Refunds)
        {
            writer.Text(refund);
        }
    }

    private static ImmutableArray<LedgerEntry> ReadEntries(ref PackedReader reader, ImmutableArray<LedgerLabel>[] lists)
    {
        ImmutableArray<LedgerEntry>.Builder entries = ImmutableArray.CreateBuilder<LedgerEntry>(reader.Count(1));
        long before = 0;
        for (int i = entries.Capacity; i > 0; i--)
        {
            LedgerEntry entry = ReadEntry(ref reader, lists, before);
            entries.Add(entry);
            before = entry.At.UtcTicks;
        }

        return entries.MoveToImmutable();
    }

    private static LedgerEntry ReadEntry(ref PackedReader reader, ImmutableArray<LedgerLabel>[] lists, long before)
    {
        DateTimeOffset at = reader.Instant(before + reader.Signed());
        DateTimeOffset expiresAt = reader.Instant(at.UtcTicks + reader.Signed());
        byte state = reader.Byte();
        if ((state & 0x0F) > (int)ReservationState.Uncertain || state >> 4 > (int)ExpiryAction.Release)
        {
            reader.Corrupt($"{state} is no state");
        }

        return new LedgerEntry
        {
            At = at,
            ExpiresAt = expiresAt,
            State = (ReservationState)(state & 0x0F),
            OnExpiry = (ExpiryAction)(state >> 4),
            Key = reader.Text(),
            Content = reader.Bits128(),
            Labels = ListAt(ref reader, lists),
            ShortLabels = ReadLabels(ref reader),
            Budgets = ReadHolds(ref reader),
            Refunds = ReadTexts(ref reader),
        };
    }

    private static ImmutableArray<ForgottenCount> ReadForgotten(ref PackedReader reader, ImmutableArray<LedgerLabel>[] lists)
    {
        ForgottenCount[] forgotten = new ForgottenCount[reader.Count(2)];
        for (int i = 0; i < forgotten.Length; i++)
        {
            ImmutableArray<LedgerLabel> labels = ListAt(ref reader, lists);
            ulong count = reader.Number();
            if (count > int.MaxValue)
            {
                reader.Corrupt("a count of forgotten entries is too large");
            }

            forgotten[i] = new ForgottenCount(labels, (int)count);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(forgotten);
    }

    private static ImmutableArray<BudgetHold> ReadHolds(ref PackedReader reader)
    {
        BudgetHold[] holds = NewArray<BudgetHold>(reader.Count(4));
        for (int i = 0; i < holds.Length; i++)
        {
            holds[i] = new BudgetHold(reader.Text(), reader.Text(), (long)reader.Number(), (long)reader.Number());
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(holds);
    }

    private static ImmutableArray<string> ReadTexts(ref PackedReader reader)
    {
        string[] texts = NewArray<string>(reader.Count(1));
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = reader.Text();
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(texts);
    }

    // Most lists of most entries are empty.
    private static T[] NewArray<T>(int length) => length == 0 ? [] : new T[length];

    private static void WriteLabels(ref PackedWriter writer, ImmutableArray<LedgerLabel> labels)
    {
        writer.Number((ulong)labels.Length);
        foreach (LedgerLabel label in labels)
        {
            writer.Bits(label.Bits);
        }
    }

    private static ImmutableArray<LedgerLabel> ReadLabels(ref PackedReader reader)
    {
        LedgerLabel[] labels = NewArray<LedgerLabel>(reader.Count(8));
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = new LedgerLabel(reader.Bits64());
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(labels);
    }

    private static ImmutableArray<LedgerLabel> ListAt(ref PackedReader reader, ImmutableArray<LedgerLabel>[] lists)
    {
        ulong index = reader.Number();
        if (index >= (ulong)lists.Length)
        {
            reader.Corrupt($"it has {lists.Length} lists of labels, but names list {index}");
        }

        return lists[index];
    }

    private static List<ImmutableArray<LedgerLabel>> DistinctLabels(CustomerHistory history)
    {
        List<ImmutableArray<LedgerLabel>> lists = [];
        foreach (LedgerEntry entry in history.Entries)
        {
            AddIfNew(lists, entry.Labels);
        }

        foreach (ForgottenCount dropped in history.Forgotten)
        {
            AddIfNew(lists, dropped.Labels);
        }

        return lists;
    }

    private static void AddIfNew(List<ImmutableArray<LedgerLabel>> lists, ImmutableArray<LedgerLabel> labels)
    {
        if (IndexOf(lists, labels) < 0)
        {
            lists.Add(labels);
        }
    }

    private static int IndexOf(List<ImmutableArray<LedgerLabel>> lists, ImmutableArray<LedgerLabel> labels)
    {
        for (int i = 0; i < lists.Count; i++)
        {
            if (lists[i] == labels || lists[i].AsSpan().SequenceEqual(labels.AsSpan()))
            {
                return i;
            }
        }

        return -1;
    }
}
