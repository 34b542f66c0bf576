using System.Globalization;
using System.Text;
using FsCheck.Fluent;
using PromoRec.Models.Content;
using PromoRec.Tests.Properties;

namespace PromoRec.Tests.Models.Content;

public sealed class UnicodeTokenizerTests
{
    private static readonly UnicodeTokenizer Tokenizer = new();

    [Theory]
    [InlineData("Hello, WORLD! 2x 3.5", "hello|world|2x|3|5")]
    [InlineData("Crème brûlée à l'Été", "creme|brulee|a|l|ete")]
    [InlineData("Cre\u0300me bru\u0302le\u0301e", "creme|brulee")]
    [InlineData("Straße STRASSE ẞ", "strasse|strasse|ss")]
    [InlineData("İstanbul ISTANBUL ılık", "istanbul|istanbul|ilik")]
    [InlineData("Łódź Ørsted Đorđe Æther Œuvre", "lodz|orsted|dorde|aether|oeuvre")]
    [InlineData("Tiếng Việt", "tieng|viet")]
    [InlineData("ΟΔΥΣΣΕΥΣ Οδυσσεύς", "οδυσσευσ|οδυσσευσ")]
    [InlineData("Ёжик Йод", "ежик|иод")]
    [InlineData("ﬁle ﬀ ① ½ x² ＡＢＣ１２", "file|ff|1|1|2|x2|abc12")]
    [InlineData("soft\u00ADhyphen zero\u200Dwidth two\u200Bwords", "softhyphen|zerowidth|two|words")]
    [InlineData("שָׁלוֹם مُحَمَّد محـــمد", "שלום|محمد|محمد")]
    [InlineData("हिन्दी में", "हिन्दी|में")]
    [InlineData("𝐁𝐨𝐥𝐝 𐐀𐐨 𝟙𝟚", "bold|𐐨𐐨|12")]
    public void Words_of_scripts_with_blanks_are_folded_to_one_form(string text, string expected) => Assert.Equal(expected.Split('|'), Tokenizer.Tokenize(text));

    [Theory]
    [InlineData("牛奶", "牛|牛奶|奶")]
    [InlineData("有机牛奶", "有|有机|机|机牛|牛|牛奶|奶")]
    [InlineData("カメラ", "カ|カメ|メ|メラ|ラ")]
    [InlineData("ｶﾒﾗ", "カ|カメ|メ|メラ|ラ")]
    [InlineData("ガ", "ガ")]
    [InlineData("ｶﾞ", "ガ")]
    [InlineData("ハ\u309A", "パ")]
    [InlineData("ウ\u3099", "ヴ")]
    [InlineData("か\u3099", "が")]
    [InlineData("ビール", "ビ|ビー|ー|ール|ル")]
    [InlineData("한국", "한|한국|국")]
    [InlineData("\u1112\u1161\u11AB\u1100\u116E\u11A8", "한|한국|국")]
    [InlineData("時々", "時|時々|々")]
    [InlineData("ไทย", "ไ|ไท|ท|ทย|ย")]
    [InlineData("𠮷野家", "𠮷|𠮷野|野|野家|家")]
    [InlineData("\uFA0A\u8FD1", "見|見近|近")]
    public void Characters_of_scripts_without_blanks_come_alone_and_with_their_neighbours(string text, string expected) => Assert.Equal(expected.Split('|'), Tokenizer.Tokenize(text));

    [Theory]
    [InlineData("SONY α7カメラ 新品!", "sony|α7|カ|カメ|メ|メラ|ラ|新|新品|品")]
    [InlineData("iPhone15手机壳 Pro", "iphone15|手|手机|机|机壳|壳|pro")]
    [InlineData("K팝 CD", "k|팝|cd")]
    [InlineData("50% off 🎉 鞋子", "50|off|鞋|鞋子|子")]
    [InlineData("a\uD800b \uDC00", "a|b")]
    [InlineData("\u0301e \u3099", "e")]
    [InlineData("", "")]
    [InlineData("  \t… — !!! 😀", "")]
    public void Mixed_scripts_symbols_and_half_pairs_are_told_apart(string text, string expected) =>
        Assert.Equal(expected.Split('|', StringSplitOptions.RemoveEmptyEntries), Tokenizer.Tokenize(text));

    [Fact]
    public void A_voiced_letter_is_another_letter_and_a_long_word_is_cut_between_characters()
    {
        Assert.NotEqual(Tokenizer.Tokenize("ハス"), Tokenizer.Tokenize("バス"));
        Assert.Equal(new string('a', 64), Assert.Single(Tokenizer.Tokenize(new string('a', 500))));
        Assert.Equal("x" + string.Concat(Enumerable.Repeat("𐐨", 31)), Assert.Single(Tokenizer.Tokenize("x" + string.Concat(Enumerable.Repeat("𐐀", 200)))));
    }

    [Fact]
    public void Folding_once_more_changes_nothing_and_every_term_of_any_text_is_a_term() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            string folded = TextFolding.Fold(text ?? string.Empty);
            string[] terms = [.. Tokenizer.Tokenize(text ?? string.Empty)];
            return TextFolding.Fold(folded) == folded && terms.All(ContentTerm.IsTerm) && terms.SequenceEqual(Tokenizer.Tokenize(text ?? string.Empty));
        }).Holds();

    [Fact]
    public void Every_character_folds_to_something_stable_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("tr-TR");
            Assert.Equal(["title", "istanbul"], Tokenizer.Tokenize("TITLE İSTANBUL"));
        }
        catch (CultureNotFoundException)
        {
            // Only the invariant culture exists here, so no other can make a difference.
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        for (int c = 0; c <= 0x10FFFF; c++)
        {
            if (Rune.IsValid(c))
            {
                string folded = TextFolding.Fold(new Rune(c).ToString());
                Assert.True(TextFolding.Fold(folded) == folded, $"U+{c:X4} folds to {folded}, which folds further.");
            }
        }
    }

    [Fact]
    public void Normalizing_strings_cannot_be_relied_on_where_globalization_is_invariant()
    {
        // Why there is a table: if this ever differs, it could go.
        Assert.SkipUnless(AppContext.TryGetSwitch("System.Globalization.Invariant", out bool invariant) && invariant, "Globalization is not invariant here.");
        Assert.Equal("ＡＢＣ", "ＡＢＣ".Normalize(NormalizationForm.FormKC));
        Assert.Equal(["abc"], Tokenizer.Tokenize("ＡＢＣ"));
    }
}
