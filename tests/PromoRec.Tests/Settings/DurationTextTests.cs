namespace PromoRec.Tests.Settings;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("0s", "00:00:00", "0s")]
    [InlineData("90s", "00:01:30", "90s")]
    [InlineData("15m", "00:15:00", "15m")]
    [InlineData("60m", "01:00:00", "1h")]
    [InlineData("24h", "1.00:00:00", "1d")]
    [InlineData("1d12h", "1.12:00:00", "36h")]
    [InlineData("2w", "14.00:00:00", "14d")]
    [InlineData("1w1d1h1m1s", "8.01:01:01", "694861s")]
    public void A_stretch_of_time_is_read_and_written(string text, string expected, string written)
    {
        Assert.True(DurationText.TryParse(text, out TimeSpan duration));
        Assert.Equal(TimeSpan.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), duration);
        Assert.Equal(written, DurationText.Of(duration));
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("d")]
    [InlineData("7 d")]
    [InlineData("7D")]
    [InlineData("-7d")]
    [InlineData("1.5d")]
    [InlineData("12h1d")]
    [InlineData("1h1h")]
    [InlineData("7days")]
    [InlineData("1234567890s")]
    [InlineData("999999999w")]
    public void Anything_else_is_refused(string text) => Assert.False(DurationText.TryParse(text, out _));
}
