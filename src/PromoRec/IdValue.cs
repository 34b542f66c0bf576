using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace PromoRec;

/// <summary>The canonical value behind <see cref="UserId"/>, <see cref="ItemId"/> and <see cref="OfferId"/>.</summary>
/// <remarks>
/// A text that is the canonical decimal form of a <see cref="long"/> is held as a number, so that 42 and "42" are one id and a
/// host with numeric ids never pays for a string. Order is ordinal over the text form, for numbers too: "10" comes before "9".
/// </remarks>
internal readonly struct IdValue : IEquatable<IdValue>, IComparable<IdValue>
{
    /// <summary>Longest text in UTF-16 code units.</summary>
    public const int MaxLength = 16_384;

    /// <summary>Most UTF-8 bytes of a number: a sign and nineteen digits.</summary>
    public const int MaxNumberLength = 20;

    // Compared by reference: a text that holds the same characters is not the marker.
    private static readonly string NumberMarker = new('#', 1);

    private readonly string? _text;
    private readonly long _number;

    public IdValue(long number)
    {
        _text = NumberMarker;
        _number = number;
    }

    public IdValue(string text, string parameterName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text, parameterName);
        if (IsCanonicalNumber(text, out long number))
        {
            _text = NumberMarker;
            _number = number;
            return;
        }

        ThrowIfNotAnId(text, parameterName);
        _text = text;
    }

    /// <summary>Whether this is the default value, which names nobody and nothing.</summary>
    public bool IsEmpty => _text is null;

    public bool TryGetNumber(out long number)
    {
        number = _number;
        return ReferenceEquals(_text, NumberMarker);
    }

    /// <summary>How many UTF-8 bytes <see cref="WriteUtf8"/> may need at most.</summary>
    public int MaxUtf8Length => ReferenceEquals(_text, NumberMarker) ? MaxNumberLength : Encoding.UTF8.GetMaxByteCount(_text?.Length ?? 0);

    public int WriteUtf8(Span<byte> destination)
    {
        if (ReferenceEquals(_text, NumberMarker))
        {
            Utf8Formatter.TryFormat(_number, destination, out int written);
            return written;
        }

        return Encoding.UTF8.GetBytes(_text, destination);
    }

    public bool Equals(IdValue other) =>
        _number == other._number && (ReferenceEquals(_text, other._text) || (!ReferenceEquals(_text, NumberMarker) && !ReferenceEquals(other._text, NumberMarker) && string.Equals(_text, other._text, StringComparison.Ordinal)));

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is IdValue other && Equals(other);

    public override int GetHashCode() =>
        _text is null ? 0 : ReferenceEquals(_text, NumberMarker) ? _number.GetHashCode() : _text.GetHashCode(StringComparison.Ordinal);

    public int CompareTo(IdValue other)
    {
        Span<char> mine = stackalloc char[MaxNumberLength];
        Span<char> theirs = stackalloc char[MaxNumberLength];
        return Text(mine).SequenceCompareTo(other.Text(theirs));
    }

    public override string ToString() =>
        ReferenceEquals(_text, NumberMarker) ? _number.ToString(CultureInfo.InvariantCulture) : _text ?? string.Empty;

    private ReadOnlySpan<char> Text(Span<char> scratch)
    {
        if (!ReferenceEquals(_text, NumberMarker))
        {
            return _text;
        }

        _number.TryFormat(scratch, out int written, default, CultureInfo.InvariantCulture);
        return scratch[..written];
    }

    private static bool IsCanonicalNumber(string text, out long number)
    {
        number = 0;
        if (text.Length > MaxNumberLength || !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
        {
            return false;
        }

        Span<char> canonical = stackalloc char[MaxNumberLength];
        number.TryFormat(canonical, out int written, default, CultureInfo.InvariantCulture);
        return canonical[..written].SequenceEqual(text);
    }

    private static void ThrowIfNotAnId(string text, string parameterName)
    {
        if (text.Length > MaxLength)
        {
            throw new ArgumentException($"An id may have at most {MaxLength} characters, but this one has {text.Length}.", parameterName);
        }

        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                throw new ArgumentException($"An id must be valid Unicode, but character {i} is half of a surrogate pair.", parameterName);
            }
        }
    }
}
