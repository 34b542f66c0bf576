using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

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

    // An id is never blank, so no text id equals the marker.
    private const string NumberMarker = " ";

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

    private IdValue(string text) => _text = text;

    /// <summary>Whether this is the default value, which names nobody and nothing.</summary>
    public bool IsEmpty => _text is null;

    /// <summary>How many UTF-8 bytes <see cref="WriteUtf8"/> may need at most.</summary>
    public int MaxUtf8Length => IsNumber ? MaxNumberLength : Encoding.UTF8.GetMaxByteCount(_text?.Length ?? 0);

    /// <summary>How many UTF-8 bytes <see cref="WriteUtf8"/> writes.</summary>
    public int Utf8Length => IsNumber ? WriteUtf8(stackalloc byte[MaxNumberLength]) : Encoding.UTF8.GetByteCount(_text ?? string.Empty);

    private bool IsNumber => ReferenceEquals(_text, NumberMarker);

    /// <summary>The id of a text known to be one and not to be a number, because it was an id before.</summary>
    public static IdValue FromKnownText(string text) => new(text);

    /// <summary>The id of a UTF-8 text known to be one.</summary>
    public static IdValue FromKnownUtf8(ReadOnlySpan<byte> utf8) =>
        IsCanonicalNumber(utf8, out long number) ? new IdValue(number) : new IdValue(Encoding.UTF8.GetString(utf8));

    /// <summary>Whether a UTF-8 text is the canonical decimal form of a number, which is then held as one.</summary>
    public static bool IsCanonicalNumber(ReadOnlySpan<byte> utf8, out long number)
    {
        if (utf8.Length is 0 or > MaxNumberLength || !Utf8Parser.TryParse(utf8, out number, out int used) || used != utf8.Length)
        {
            number = 0;
            return false;
        }

        Span<byte> canonical = stackalloc byte[MaxNumberLength];
        return Utf8Formatter.TryFormat(number, canonical, out int written) && canonical[..written].SequenceEqual(utf8);
    }

    /// <summary>Refuses a UTF-8 text that cannot be an id.</summary>
    /// <exception cref="ArgumentException">It is blank, too long or not valid UTF-8.</exception>
    public static void ThrowIfNotAnId(ReadOnlySpan<byte> utf8, string parameterName)
    {
        if (!Utf8.IsValid(utf8))
        {
            throw new ArgumentException("An id must be valid UTF-8, but this one is not.", parameterName);
        }

        // What is short and of visible ASCII needs no look at its characters.
        if (utf8.Length > MaxLength || utf8.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
        {
            _ = new IdValue(Encoding.UTF8.GetString(utf8), parameterName);
        }
    }

    public bool TryGetNumber(out long number)
    {
        number = _number;
        return IsNumber;
    }

    public int WriteUtf8(Span<byte> destination)
    {
        if (!IsNumber)
        {
            return Encoding.UTF8.GetBytes(_text, destination);
        }

        Utf8Formatter.TryFormat(_number, destination, out int written);
        return written;
    }

    // The number of a text id is 0, and no text id equals the marker.
    public bool Equals(IdValue other) => _number == other._number && string.Equals(_text, other._text, StringComparison.Ordinal);

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is IdValue other && Equals(other);

    public override int GetHashCode() => IsNumber ? _number.GetHashCode() : _text?.GetHashCode(StringComparison.Ordinal) ?? 0;

    public int CompareTo(IdValue other)
    {
        if (IsNumber && other.IsNumber)
        {
            return CompareAsText(_number, other._number);
        }

        Span<char> mine = stackalloc char[MaxNumberLength];
        Span<char> theirs = stackalloc char[MaxNumberLength];
        return AsText(mine).SequenceCompareTo(other.AsText(theirs));
    }

    public override string ToString() => IsNumber ? _number.ToString(CultureInfo.InvariantCulture) : _text ?? string.Empty;

    /// <summary>The characters of the text form: those of the text itself, or a number's in <paramref name="scratch"/>.</summary>
    /// <param name="scratch">At least <see cref="MaxNumberLength"/> characters.</param>
    public ReadOnlySpan<char> AsText(Span<char> scratch)
    {
        if (!IsNumber)
        {
            return _text;
        }

        _number.TryFormat(scratch, out int written, default, CultureInfo.InvariantCulture);
        return scratch[..written];
    }

    /// <summary>Compares the decimal texts without writing them: the sign stands before all digits, and a number comes before its own continuations.</summary>
    private static int CompareAsText(long left, long right)
    {
        if (left < 0 != right < 0)
        {
            return left < 0 ? -1 : 1;
        }

        ulong x = Magnitude(left);
        ulong y = Magnitude(right);
        int missing = DigitCount(x) - DigitCount(y);

        // Nineteen digits at most, so filling up with zeros stays below 2^64.
        for (int i = missing; i < 0; i++)
        {
            x *= 10;
        }

        for (int i = missing; i > 0; i--)
        {
            y *= 10;
        }

        int byDigits = x.CompareTo(y);
        return byDigits != 0 ? byDigits : Math.Sign(missing);
    }

    private static ulong Magnitude(long number) => number < 0 ? 0 - (ulong)number : (ulong)number;

    private static int DigitCount(ulong number)
    {
        int digits = 1;
        for (ulong bound = 10; digits < 20 && number >= bound; bound *= 10)
        {
            digits++;
        }

        return digits;
    }

    private static bool IsCanonicalNumber(string text, out long number)
    {
        number = 0;
        if (text.Length > MaxNumberLength || (!char.IsAsciiDigit(text[0]) && text[0] != '-') || !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
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

        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return;
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
