using PromoRec.Push.PolicyFile;

namespace PromoRec.Tests.Push.PolicyFile;

public sealed class PolicyFileWarningTests
{
    [Theory]
    [InlineData("{ 'limit': 3, 'window': 'day' }, { 'limit': 21, 'window': 'week' }", "caps[1]")]
    [InlineData("{ 'limit': 3, 'window': 'day' }, { 'limit': 20, 'window': 'week' }", null)]
    [InlineData("{ 'limit': 3, 'window': '24h' }, { 'limit': 21, 'window': '7d' }", "caps[1]")]
    [InlineData("{ 'limit': 3, 'window': '24h' }, { 'limit': 20, 'window': '7d' }", null)]
    [InlineData("{ 'limit': 21, 'window': '7d' }, { 'limit': 3, 'window': '24h' }", "caps[0]")]
    [InlineData("{ 'limit': 2, 'window': '7d' }, { 'limit': 2, 'window': '24h' }", "caps[1]")]
    [InlineData("{ 'limit': 2, 'window': '7d' }, { 'limit': 2, 'window': '7d', 'name': 'again' }", "caps[1]")]
    [InlineData("{ 'limit': 2, 'window': '7d' }, { 'by': ['channel'], 'limit': 2, 'window': '24h' }", "caps[1]")]
    [InlineData("{ 'by': ['channel'], 'limit': 2, 'window': '7d' }, { 'limit': 2, 'window': '24h' }", null)]
    [InlineData("{ 'by': ['key:a'], 'limit': 2, 'window': '7d' }, { 'by': ['key:b'], 'limit': 2, 'window': '24h' }", null)]
    [InlineData("{ 'by': ['key:a'], 'limit': 2, 'window': '7d' }, { 'by': ['key:a', 'offer'], 'limit': 2, 'window': '24h' }", "caps[1]")]
    [InlineData("{ 'limit': 2, 'window': '7d', 'appliesTo': { 'channels': ['sms'] } }, { 'limit': 2, 'window': '24h' }", null)]
    [InlineData("{ 'limit': 2, 'window': '7d' }, { 'limit': 2, 'window': '24h', 'appliesTo': { 'channels': ['sms'] } }", "caps[1]")]
    [InlineData("{ 'limit': 2, 'window': '7d', 'appliesTo': { 'channels': ['sms'] } }, { 'limit': 2, 'window': '24h', 'appliesTo': { 'channels': ['sms'] } }", null)]
    [InlineData("{ 'by': ['channel'], 'limit': 2, 'window': '7d', 'appliesTo': { 'channels': ['sms'] } }, { 'by': ['channel'], 'limit': 2, 'window': '24h', 'appliesTo': { 'channels': ['sms'] } }", "caps[1]")]
    [InlineData("{ 'limit': 2, 'window': '7d', 'countOnly': { 'categories': ['a'] } }, { 'limit': 2, 'window': '24h' }", null)]
    [InlineData("{ 'limit': 2, 'window': '7d', 'onFull': 'defer' }, { 'limit': 2, 'window': '24h' }", null)]
    [InlineData("{ 'limit': 2, 'window': '7d' }, { 'limit': 2, 'window': '24h', 'onFull': 'defer' }", "caps[1]")]
    [InlineData("{ 'limit': 2, 'window': 'lifetime' }, { 'limit': 2, 'window': '24h' }", "caps[1]")]
    [InlineData("{ 'limit': 2, 'window': '24h' }, { 'limit': 500, 'window': 'lifetime' }", null)]
    [InlineData("{ 'limit': 1, 'window': 'day' }, { 'limit': 2, 'window': '24h' }", null)]
    [InlineData("{ 'limit': 1, 'window': 'day' }, { 'limit': 3, 'window': '24h' }", "caps[1]")]
    [InlineData("{ 'limit': 1, 'window': '24h' }, { 'limit': 1, 'window': 'day' }", null)]
    [InlineData("{ 'limit': 1, 'window': '24h' }, { 'limit': 2, 'window': 'day' }", "caps[1]")]
    [InlineData("{ 'limit': 2, 'window': 'week' }, { 'limit': 11, 'window': 'month' }", null)]
    [InlineData("{ 'limit': 2, 'window': 'week' }, { 'limit': 12, 'window': 'month' }", "caps[1]")]
    [InlineData("{ 'limit': 2, 'window': 'month' }, { 'limit': 2, 'window': 'day' }", "caps[1]")]
    public void A_cap_that_can_never_hold_anything_back_is_doubtful(string caps, string? useless)
    {
        PushPolicyFile file = PolicyFiles.Of($"'caps': [{caps}]");

        Assert.Equal(useless is null ? [] : [useless], file.Warnings.Select(warning => warning.Path));
        Assert.All(file.Warnings, warning => Assert.Contains("never holds anything back, because caps[", warning.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Caps_that_others_override_are_not_doubted() =>
        Assert.Empty(PolicyFiles.DoubtsOf("'caps': [{ 'limit': 2, 'window': '7d' }, { 'by': ['channel'], 'limit': 2, 'window': '24h', 'overrideParent': true }]"));

    [Theory]
    [InlineData("'quietHours': { 'everyDay': ['08:00-21:00'] }", "quietHours", "EU, DE, US, CN, Strict")]
    [InlineData("'quietHours': { 'everyDay': ['08:00-20:00'] }", "quietHours", "US, Strict")]
    [InlineData("'quietHours': { 'everyDay': ['09:00-20:00'] }", "quietHours", "Strict")]
    [InlineData("'quietHours': { 'channels': { 'sms': { 'everyDay': ['09:00-20:00'] } } }", "quietHours.channels.sms", "Strict")]
    public void Quiet_hours_that_leave_nothing_besides_those_of_the_law_are_doubtful(string quiet, string path, string packs)
    {
        PolicyFileFault warning = Assert.Single(PolicyFiles.Of(quiet).Warnings);

        Assert.Equal(path, warning.Path);
        Assert.Equal(packs.Split(", ").Order(), Between(warning.Message, "besides the legal quiet hours of ", ", so that no promotion").Split(", ").Order());
    }

    [Theory]
    [InlineData("'quietHours': { 'everyDay': ['09:01-20:00'] }")]
    [InlineData("'quietHours': { 'everyDay': ['08:00-21:00'], 'days': { 'sunday': [] } }")]
    [InlineData("'quietHours': { 'everyDay': ['08:00-21:00'] }, 'engine': { 'legalQuietHours': false }")]
    public void Quiet_hours_that_leave_a_minute_are_not_doubted(string members) => Assert.Empty(PolicyFiles.DoubtsOf(members));

    [Theory]
    [InlineData("{ 'limit': 2, 'window': 'lifetime', 'onFull': 'defer' }", "caps[0].onFull", "caps[0].onFull is 'defer', but a cap for a lifetime never has room again, so it drops; write 'drop'.")]
    [InlineData("{ 'limit': 2, 'window': '7d', 'overrideParent': true }", "caps[0].overrideParent", "caps[0].overrideParent is true, but there is no cap about anything wider; leave it out.")]
    [InlineData("{ 'limit': 2, 'window': '7d', 'appliesTo': { 'channels': ['in-app'] } }", "caps[0].appliesTo", "caps[0].appliesTo is about in-app messages only, which caps neither hold back nor count unless a push asks for it.")]
    public void What_has_no_effect_is_doubtful(string cap, string path, string message)
    {
        PolicyFileFault warning = Assert.Single(PolicyFiles.Of($"'caps': [{cap}]").Warnings);

        Assert.Equal((path, message), (warning.Path, warning.Message));
    }

    private static string Between(string text, string before, string after) => text.Split(before)[1].Split(after)[0];
}
