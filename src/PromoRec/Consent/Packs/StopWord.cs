using System.Text;

namespace PromoRec.Consent.Packs;

/// <summary>The form in which words of customers are compared: upper case, letters and digits only, full-width forms as plain ones.</summary>
internal static class StopWord
{
    private const char FirstFullWidth = '\uFF01';
    private const char LastFullWidth = '\uFF5E';
    private const int FullWidthOffset = FirstFullWidth - '!';

    /// <summary>Longer texts are no stop word, so they are not looked at to their end.</summary>
    private const int MaxLength = 64;

    /// <returns>Empty for a text without letters and digits, and for a long one.</returns>
    public static string Key(string text)
    {
        ReadOnlySpan<char> trimmed = text.AsSpan().Trim();
        if (trimmed.Length > MaxLength)
        {
            return string.Empty;
        }

        StringBuilder key = new(trimmed.Length);
        foreach (char character in trimmed)
        {
            char plain = character is >= FirstFullWidth and <= LastFullWidth ? (char)(character - FullWidthOffset) : character;
            if (char.IsLetterOrDigit(plain))
            {
                key.Append(char.ToUpperInvariant(plain));
            }
        }

        return key.ToString();
    }
}
