using System.Globalization;
using System.Text;
using PromoRec.Cli.Reading;

namespace PromoRec.Cli.Tests.Reading;

public sealed class TimeTextTests
{
    [Theory]
    [InlineData("2026-03-01", "2026-03-01T00:00:00.0000000+00:00")]
    [InlineData("2026-03-01T18:30", "2026-03-01T18:30:00.0000000+00:00")]
    [InlineData("2026-03-01 18:30:15", "2026-03-01T18:30:15.0000000+00:00")]
    [InlineData("2026-03-01T18:30:15Z", "2026-03-01T18:30:15.0000000+00:00")]
    [InlineData("2026-03-01T18:30:15.25+01:00", "2026-03-01T18:30:15.2500000+01:00")]
    [InlineData("2026-03-01T18:30:15,123456789-0330", "2026-03-01T18:30:15.1234567-03:30")]
    [InlineData("2026-03-01T18:30:15+05", "2026-03-01T18:30:15.0000000+05:00")]
    [InlineData(" 1772386200 ", "2026-03-01T17:30:00.0000000+00:00")]
    [InlineData("0", "1970-01-01T00:00:00.0000000+00:00")]
    [InlineData("20261301", "1970-08-23T12:08:21.0000000+00:00")]
    [InlineData("2024-02-29", "2024-02-29T00:00:00.0000000+00:00")]
    public void Iso_8601_dates_and_unix_seconds_are_read(string text, string expected)
    {
        Assert.True(TimeText.TryParse(Encoding.UTF8.GetBytes(text), TimeZoneInfo.Utc, out DateTimeOffset time));
        Assert.Equal(expected, time.ToString("O", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-13-01")]
    [InlineData("2026-02-29")]
    [InlineData("0000-01-01")]
    [InlineData("2026-3-1")]
    [InlineData("20260301")]
    [InlineData("03/01/2026")]
    [InlineData("2026-03-01T")]
    [InlineData("2026-03-01T24:00")]
    [InlineData("2026-03-01T18:60")]
    [InlineData("2026-03-01T18:30:61")]
    [InlineData("2026-03-01T18:30+15:00")]
    [InlineData("2026-03-01T18:30+1")]
    [InlineData("2026-03-01T18:30x")]
    [InlineData("1772386200000")]
    [InlineData("-5")]
    [InlineData("0001-01-01T00:00+14:00")]
    [InlineData("9999-12-31T23:59-14:00")]
    [InlineData("１７７２３８６２００")]
    public void Anything_else_is_not_a_time(string text) =>
        Assert.False(TimeText.TryParse(Encoding.UTF8.GetBytes(text), TimeZoneInfo.Utc, out _));

    [Theory]
    [InlineData("2026-01-15T12:00", 1)]
    [InlineData("2026-07-15T12:00", 2)]
    [InlineData("2026-03-29T02:30", 1)]
    [InlineData("2026-10-25T02:30", 1)]
    public void A_time_without_offset_is_read_in_the_zone_and_in_standard_time_around_a_clock_change(string text, int hours)
    {
        Assert.True(TimeText.TryParse(Encoding.UTF8.GetBytes(text), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), out DateTimeOffset time));
        Assert.Equal(TimeSpan.FromHours(hours), time.Offset);
    }
}
