using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using PromoRec.Tests.Properties;

namespace PromoRec.Tests.Ids;

public class IdTests
{
    [Fact]
    public void A_number_and_its_text_are_one_id()
    {
        Assert.Equal(new UserId(42), new UserId("42"));
        Assert.Equal(new UserId(42).GetHashCode(), new UserId("42").GetHashCode());
        Assert.True(new ItemId(-7) == "-7");
        Assert.Equal(new OfferId(long.MinValue), "-9223372036854775808");
        Assert.Equal("42", new UserId(42).ToString());
    }

    [Theory]
    [InlineData("042")]
    [InlineData("+42")]
    [InlineData("42 ")]
    [InlineData(" 42")]
    [InlineData("4.2e1")]
    [InlineData("-0")]
    [InlineData("9223372036854775808")]
    [InlineData("٤٢")]
    [InlineData("42\0")]
    public void Only_the_canonical_text_is_a_number(string text)
    {
        var id = new ItemId(text);
        Assert.NotEqual(new ItemId(42), id);
        Assert.NotEqual(new ItemId(0), id);
        Assert.Equal(text, id.ToString());
        Assert.False(id.Value.TryGetNumber(out _));
    }

    [Fact]
    public void A_guid_has_its_lower_case_form_with_hyphens()
    {
        var guid = Guid.Parse("D9B2D63D-A233-4123-847A-7090C0C0F0A1");
        Assert.Equal(new UserId("d9b2d63d-a233-4123-847a-7090c0c0f0a1"), new UserId(guid));
        Assert.NotEqual(new UserId("D9B2D63D-A233-4123-847A-7090C0C0F0A1"), new UserId(guid));
    }

    [Theory]
    [InlineData("客户")]
    [InlineData("😀")]
    [InlineData("Käufer")]
    [InlineData("\u200Fעברית")]
    public void Ids_of_any_script_stay_as_they_are(string text)
    {
        Assert.Equal(text, new UserId(text).ToString());
        Assert.Equal(System.Text.Encoding.UTF8.GetByteCount(text), new UserId(text).Value.Utf8Length);
    }

    [Fact]
    public void Texts_are_compared_by_code_units_not_by_look()
    {
        Assert.NotEqual(new ItemId("é"), new ItemId("e\u0301"));
        Assert.NotEqual(new ItemId("a"), new ItemId("A"));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused()
    {
        foreach (string text in (string[])["\uD83D", "a\uDE00b", "\uDE00\uD83D", "ok\uD83Dx"])
        {
            ArgumentException refused = Assert.Throws<ArgumentException>(() => new OfferId(text));
            Assert.Contains("surrogate", refused.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\t\u3000")]
    public void A_blank_text_is_refused(string text) => Assert.Throws<ArgumentException>(() => new UserId(text));

    [Fact]
    public void Four_kilobytes_are_an_id_and_more_than_16384_characters_are_not()
    {
        string long4K = new('客', 4096 / 3);
        Assert.Equal(long4K, new ItemId(long4K).ToString());
        Assert.Equal(16_384, new ItemId(new string('x', 16_384)).ToString().Length);
        Assert.Throws<ArgumentException>(() => new ItemId(new string('x', 16_385)));
    }

    [Fact]
    public void The_default_value_names_nobody()
    {
        UserId nobody = default;
        Assert.True(nobody.IsEmpty);
        Assert.Equal(string.Empty, nobody.ToString());
        Assert.NotEqual(new UserId(0), nobody);
        Assert.True(nobody.CompareTo(new UserId(-1)) < 0);
        Assert.Equal(0, nobody.GetHashCode());
    }

    [Fact]
    public void Order_is_ordinal_over_the_text_for_numbers_too()
    {
        Gen<long> numbers = Gen.OneOf(
            ArbMap.Default.GeneratorFor<long>(),
            ArbMap.Default.GeneratorFor<int>().Select(number => (long)number),
            Gen.Elements(0L, 1, 9, 10, 99, 100, -1, -10, 1_000_000_000_000_000_000, 922_337_203_685_477_580, long.MaxValue, long.MinValue));
        Gen<string> ids = Gen.OneOf(numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)), Gen.Elements("a", "0x", "1a", "-", "-a", "9!", "客", "😀", "\uFFFD", "10000000000000000000"));
        Prop.ForAll(ids.Two().ToArbitrary(), pair =>
        {
            (string x, string y) = pair;
            Assert.Equal(Math.Sign(string.CompareOrdinal(x, y)), Math.Sign(new UserId(x).CompareTo(new UserId(y))));
            Assert.Equal(x == y, new UserId(x) == new UserId(y));
        }).Holds(2_000);
    }
}
