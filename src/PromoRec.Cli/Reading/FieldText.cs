using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace PromoRec.Cli.Reading;

/// <summary>Reads values from UTF-8 fields. Every method says no instead of throwing.</summary>
internal static class FieldText
{
    private const int LongestId = 16_384;
    private const int LongestNumber = 18;

    /// <summary>The number that an id is the canonical text of, so that numeric ids need no string.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> field, out long number)
    {
        number = 0;
        bool canonical = field.Length is > 0 and <= LongestNumber && char.IsAsciiDigit((char)field[0]) && (field[0] != '0' || field.Length == 1);
        return canonical && Utf8Parser.TryParse(field, out number, out int used) && used == field.Length;
    }

    /// <summary>What is wrong with an id, or null.</summary>
    public static string? FaultOfId(ReadOnlySpan<byte> field)
    {
        if (field.Length > LongestId && Encoding.UTF8.GetCharCount(field) > LongestId)
        {
            return $"the id has {Encoding.UTF8.GetCharCount(field):N0} characters, but at most {LongestId:N0} are possible.";
        }

        return Trim(field).IsEmpty ? "the id is empty." : null;
    }

    public static bool TryDouble(ReadOnlySpan<byte> field, out double value)
    {
        field = Trim(field);
        return double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    public static bool TryDecimal(ReadOnlySpan<byte> field, out decimal value) =>
        decimal.TryParse(Trim(field), NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> field) => field.Trim(" \t"u8);

    /// <summary>A text field; null where it is empty.</summary>
    public static string? Text(ReadOnlySpan<byte> field)
    {
        field = Trim(field);
        return field.IsEmpty ? null : Encoding.UTF8.GetString(field);
    }
}
