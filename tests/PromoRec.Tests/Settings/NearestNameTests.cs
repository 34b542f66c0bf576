namespace PromoRec.Tests.Settings;

public sealed class NearestNameTests
{
    private static readonly string[] Names = ["limit", "window", "appliesTo"];

    [Theory]
    [InlineData("limti", "limit")]
    [InlineData("Limit", "limit")]
    [InlineData("windows", "window")]
    [InlineData("apliesTo", "appliesTo")]
    public void A_slip_of_the_pen_finds_the_name_that_was_meant(string found, string expected)
    {
        Assert.Equal(expected, NearestName.Of(found, Names));
        Assert.Equal($"; did you mean '{expected}'?", NearestName.Hint(found, Names));
    }

    [Theory]
    [InlineData("")]
    [InlineData("colour")]
    public void What_is_like_nothing_finds_nothing(string found) => Assert.Empty(NearestName.Hint(found, Names));
}
