using System.Globalization;
using System.Text;

namespace PromoRec.Models.Content;

/// <summary>Makes one of the forms in which the same letter is written.</summary>
/// <remarks>
/// string.Normalize does nothing where globalization is invariant, and elsewhere depends on the version of the operating system's library, so that the same catalog would have other terms on
/// another machine. The table beside this file holds compatibility composition, case folding and the letters without their diacritics, of the Unicode Character Database 14.0.
/// </remarks>
internal static class TextFolding
{
    private const int HangulFirst = 0xAC00;
    private const int LeadFirst = 0x1100, LeadCount = 19;
    private const int VowelFirst = 0x1161, VowelCount = 21;
    private const int TailFirst = 0x11A7, TailCount = 28;
    private const int VoicedMark = 0x3099, SemiVoicedMark = 0x309A;

    /// <summary>Kana whose voiced form is the next character.</summary>
    private const string Voiceable = "かきくけこさしすせそたちつてとはひふへほカキクケコサシスセソタチツテトハヒフヘホゝヽ";

    /// <summary>Kana whose semi-voiced form is the one after that.</summary>
    private const string SemiVoiceable = "はひふへほハヒフヘホ";

    private static readonly Lazy<FoldingTable> Table = new(FoldingTable.Load);

    public static string Fold(string text)
    {
        FoldingTable table = Table.Value;
        var folded = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.Value < 0x80)
            {
                folded.Append(char.ToLowerInvariant((char)rune.Value));
            }
            else if (!IsDropped(rune))
            {
                Append(folded, table.Find(rune.Value) ?? Rune.ToLowerInvariant(rune).ToString());
            }
        }

        return folded.ToString();
    }

    /// <summary>Appends what was folded, and joins it to what stands before where both are one letter.</summary>
    private static void Append(StringBuilder folded, string next)
    {
        if (next.Length == 1 && folded.Length > 0 && Joined(folded[^1], next[0]) is var joined and not '\0')
        {
            folded[^1] = joined;
        }
        else
        {
            folded.Append(next);
        }
    }

    private static char Joined(char before, char next)
    {
        int vowel = next - VowelFirst;
        if (vowel is >= 0 and < VowelCount && before - LeadFirst is >= 0 and < LeadCount)
        {
            return (char)(HangulFirst + ((((before - LeadFirst) * VowelCount) + vowel) * TailCount));
        }

        int tail = next - TailFirst;
        int syllable = before - HangulFirst;
        if (tail is > 0 and < TailCount && syllable is >= 0 and < LeadCount * VowelCount * TailCount && syllable % TailCount == 0)
        {
            return (char)(before + tail);
        }

        return (int)next switch
        {
            VoicedMark when Voiceable.Contains(before, StringComparison.Ordinal) => (char)(before + 1),
            VoicedMark when before is 'う' or 'ウ' => before == 'う' ? 'ゔ' : 'ヴ',
            VoicedMark when before is >= 'ワ' and <= 'ヲ' => (char)(before + 8),
            SemiVoicedMark when SemiVoiceable.Contains(before, StringComparison.Ordinal) => (char)(before + 2),
            _ => '\0',
        };
    }

    /// <summary>Diacritics that stand alone, and what is not seen; a blank of no width still separates.</summary>
    private static bool IsDropped(Rune rune) => rune.Value switch
    {
        >= 0x0300 and <= 0x036F or >= 0x0483 and <= 0x0489 => true, // Latin, Greek, Cyrillic
        >= 0x0591 and <= 0x05BD or 0x05BF or 0x05C1 or 0x05C2 or 0x05C4 or 0x05C5 or 0x05C7 => true, // Hebrew
        0x0640 or >= 0x0610 and <= 0x061A or >= 0x064B and <= 0x065F or 0x0670 or >= 0x06D6 and <= 0x06DC => true, // Arabic
        >= 0x06DF and <= 0x06E4 or 0x06E7 or 0x06E8 or >= 0x06EA and <= 0x06ED => true, // Arabic
        >= 0x1AB0 and <= 0x1AFF or >= 0x1DC0 and <= 0x1DFF or >= 0x20D0 and <= 0x20FF or >= 0xFE20 and <= 0xFE2F => true, // more of them
        >= 0xFE00 and <= 0xFE0F or >= 0xE0100 and <= 0xE01EF => true, // which variant of a character
        0x200B => false,
        _ => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format,
    };
}
