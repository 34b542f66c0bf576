using System.Globalization;
using System.Text;

namespace PromoRec.Cli.Reading;

/// <summary>Reads values from UTF-8 fields. Every method says no instead of throwing.</summary>
internal static class FieldText
{
    private const int LongestId = 16_384;
    private const int LongestNumber = 18;

    // Every whole number of so many digits is a double.
    private const int ExactDigits = 15;

    /// <summary>The number that an id is the canonical text of, so that numeric ids need no string.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> field, out long number)
    {
        number = 0;
        bool canonical = field.Length is > 0 and <= LongestNumber && char.IsAsciiDigit((char)field[0]) && (field[0] != '0' || field.Length == 1);
        return canonical && TryDigits(field, out number);
    }

    /// <summary>What is wrong with an id, or null.</summary>
    public static string? FaultOfId(ReadOnlySpan<byte> field)
    {
        if (field.Length > LongestId && Encoding.UTF8.GetCharCount(field) > LongestId)
        {
            return $"the id has {Encoding.UTF8.GetCharCount(field):N0} characters, but at most {LongestId:N0} are possible.";
        }

        return IsBlank(Trim(field)) ? "the id is empty." : null;
    }

    public static bool TryDouble(ReadOnlySpan<byte> field, out double value)
    {
        field = Trim(field);
        if (field.Length is > 0 and <= ExactDigits && TryDigits(field, out long whole))
        {
            value = whole;
            return true;
        }

        return double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    public static bool TryDecimal(ReadOnlySpan<byte> field, out decimal value) =>
        decimal.TryParse(Trim(field), NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    /// <summary>The number that a field is, if it is nothing but digits, at most eighteen.</summary>
    public static bool TryDigits(ReadOnlySpan<byte> field, out long number)
    {
        number = 0;
        foreach (byte b in field)
        {
            uint digit = (uint)(b - '0');
            if (digit > 9)
            {
                return false;
            }

            number = (10 * number) + digit;
        }

        return !field.IsEmpty;
    }

    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> field)
    {
        // Few fields have blanks around them.
        return !field.IsEmpty && !IsSpace(field[0]) && !IsSpace(field[^1]) ? field : field.Trim(" \t"u8);
    }

    /// <summary>A text field; null where it is empty.</summary>
    public static string? Text(ReadOnlySpan<byte> field)
    {
        field = Trim(field);
        return field.IsEmpty ? null : Encoding.UTF8.GetString(field);
    }

    private static bool IsSpace(byte b) => b is (byte)' ' or (byte)'\t';

    /// <summary>Whether a trimmed field has nothing to be seen. One that begins with a visible character of ASCII needs no second look.</summary>
    private static bool IsBlank(ReadOnlySpan<byte> trimmed) =>
        trimmed.IsEmpty || (trimmed[0] is not (>= (byte)'!' and <= (byte)'~') && string.IsNullOrWhiteSpace(Encoding.UTF8.GetString(trimmed)));
}
