using System.Globalization;
using System.Text;

namespace PromoRec.Models.Content;

/// <summary>Takes texts of any script apart: words where words have blanks between them, and characters with pairs of neighbours where they have not.</summary>
/// <remarks>
/// <para>
/// Letters are folded first: compatible forms are made one (full-width, ligatures, circled), upper case becomes lower case, and the diacritics of Latin, Greek, Cyrillic, Hebrew and Arabic go. The
/// voicing marks of kana stay, since か and が are different letters, and so do the vowel signs of Indic scripts.
/// </para>
/// <para>
/// Runs of Chinese characters, kana, hangul, bopomofo, Thai, Lao, Khmer and Burmese give each character (with its marks) and each two neighbours; runs of all other letters and digits give a word.
/// Whatever is neither letter nor digit separates. Words are cut after 64 characters.
/// </para>
/// <para>It asks no culture and no operating system: the same text gives the same terms everywhere, also where globalization is invariant.</para>
/// </remarks>
public sealed class UnicodeTokenizer : ITextTokenizer
{
    private const int LongestWord = 64;

    /// <inheritdoc/>
    public string Name => "unicode-1";

    /// <inheritdoc/>
    public IEnumerable<string> Tokenize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var terms = new List<string>();
        var word = new StringBuilder();
        var units = new List<string>();
        foreach (Rune rune in TextFolding.Fold(text).EnumerateRunes())
        {
            UnicodeCategory category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark)
            {
                AddMark(rune, word, units);
            }
            else if (IsWrittenWithoutBlanks(rune.Value) && (Rune.IsLetter(rune) || category == UnicodeCategory.LetterNumber))
            {
                EndWord(terms, word);
                units.Add(rune.ToString());
            }
            else
            {
                EndRun(terms, units);
                if (Rune.IsLetterOrDigit(rune) || category is UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber)
                {
                    word.Append(rune.ToString());
                }
                else
                {
                    EndWord(terms, word);
                }
            }
        }

        EndRun(terms, units);
        EndWord(terms, word);
        return terms;
    }

    /// <summary>A mark belongs to what stands before it; where nothing does, it says nothing.</summary>
    private static void AddMark(Rune mark, StringBuilder word, List<string> units)
    {
        if (units.Count > 0)
        {
            units[^1] += mark.ToString();
        }
        else if (word.Length > 0)
        {
            word.Append(mark.ToString());
        }
    }

    private static void EndWord(List<string> terms, StringBuilder word)
    {
        if (word.Length > 0)
        {
            int length = Math.Min(word.Length, LongestWord);
            terms.Add(word.ToString(0, length < word.Length && char.IsHighSurrogate(word[length - 1]) ? length - 1 : length));
            word.Clear();
        }
    }

    private static void EndRun(List<string> terms, List<string> units)
    {
        for (int i = 0; i < units.Count; i++)
        {
            terms.Add(units[i]);
            if (i + 1 < units.Count)
            {
                terms.Add(units[i] + units[i + 1]);
            }
        }

        units.Clear();
    }

    private static bool IsWrittenWithoutBlanks(int c) => c switch
    {
        < 0x0E00 => false,
        <= 0x0EFF => true, // Thai, Lao
        >= 0x1000 and <= 0x109F => true, // Burmese
        >= 0x1100 and <= 0x11FF => true, // hangul letters
        >= 0x1780 and <= 0x17FF => true, // Khmer
        >= 0x3005 and <= 0x3007 => true, // marks that repeat a character, zero
        >= 0x3041 and <= 0x312F => true, // kana, bopomofo
        >= 0x31A0 and <= 0x31BF or >= 0x31F0 and <= 0x31FF => true, // more of them
        >= 0x3400 and <= 0x4DBF or >= 0x4E00 and <= 0x9FFF => true, // Chinese characters
        >= 0xA960 and <= 0xA97F or >= 0xAC00 and <= 0xD7FF => true, // hangul
        >= 0xF900 and <= 0xFAFF => true, // Chinese characters
        >= 0x1AFF0 and <= 0x1B16F => true, // more kana
        >= 0x20000 and <= 0x3FFFF => true, // Chinese characters
        _ => false,
    };
}
