using System.Globalization;
using System.Runtime.InteropServices;

namespace PromoRec.Push.Ledger;

/// <summary>One property of a send that caps can count by, such as its channel or its campaign: 64 stable bits of a kind and a value.</summary>
/// <remarks>
/// A ledger compares labels and never reads them, so it holds no names. Two different labels are equal with a chance of 2⁻⁶⁴; then
/// one more send counts, never one less.
/// </remarks>
public readonly record struct LedgerLabel : IComparable<LedgerLabel>
{
    /// <summary>Reads a label that a store has written.</summary>
    public LedgerLabel(ulong bits) => Bits = bits;

    /// <summary>What a store writes.</summary>
    public ulong Bits { get; }

    /// <summary>The label of a value of some kind; equal in every process.</summary>
    /// <param name="kind">What the value is, such as "channel".</param>
    /// <param name="value">The value, compared ordinally.</param>
    public static LedgerLabel Of(string kind, ReadOnlySpan<char> value)
    {
        ArgumentException.ThrowIfNullOrEmpty(kind);
        return Of(SeedOf(kind), value);
    }

    /// <summary>What a kind comes to, for those who make many labels of it.</summary>
    internal static ulong SeedOf(string kind) => (ulong)StableHash.Of(kind);

    internal static LedgerLabel Of(ulong seed, ReadOnlySpan<char> value) => new((ulong)StableHash.Of(value, seed));

    /// <summary>Whether it is one of several. Compared as numbers, which is done several at a time.</summary>
    internal bool IsIn(ReadOnlySpan<LedgerLabel> labels) => MemoryMarshal.Cast<LedgerLabel, ulong>(labels).Contains(Bits);

    /// <inheritdoc/>
    public int CompareTo(LedgerLabel other) => Bits.CompareTo(other.Bits);

    /// <summary>The bits in hexadecimal.</summary>
    public override string ToString() => Bits.ToString("x16", CultureInfo.InvariantCulture);
}
