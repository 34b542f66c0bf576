using PromoRec.Push.PolicyFile;

namespace PromoRec.Tests.Push.PolicyFile;

public sealed class PolicyFileFaultTests
{
    private const string Channels = "known are email, in-app, push, sms, wechat";

    [Theory]
    [InlineData("[]", 1, 1, "The file is a list, but must be an object with push policies.")]
    [InlineData("{}", 1, 1, "The file lacks 'format', the number of its format; write \"format\": 1.")]
    [InlineData("{\n \"format\": 2 }", 2, 12, "format is 2, but this version of PromoRec reads format 1.")]
    [InlineData("{\n", 2, 1, "The file is not JSON: it ends here, before every bracket, quote and comment is closed; close them.")]
    public void A_file_that_is_none_is_refused(string json, int line, int column, string message)
    {
        PolicyFileException exception = Assert.Throws<PolicyFileException>(() => PushPolicyFile.Parse(json, "shop.json"));

        Assert.Equal((PromoRecErrorCode.InvalidPolicy, "shop.json"), (exception.Code, exception.FileName));
        Assert.Equal([new PolicyFileFault(line, column, message[..message.IndexOf(' ', StringComparison.Ordinal)] is "The" ? "" : "format", message)], exception.Faults);
        Assert.Equal($"The policy file has a fault:\n- shop.json:{line}:{column}: {message}", exception.Message);
    }

    [Theory]
    [InlineData("'cap': []", "cap is not known here; allowed are 'format', 'about', *; did you mean 'caps'?")]
    [InlineData("'about': ''", "about is '', but must be a text.")]
    [InlineData("'channels': 'kiosk'", "channels is 'kiosk', but must be a list of the shop's own channels, such as [\"kiosk\"].")]
    [InlineData("'channels': ['Kiosk']", "channels[0] is 'Kiosk', but a channel has 1 to 64 lower-case letters a to z, digits, '.', '_' or '-'.")]
    [InlineData("'channels': ['sms']", "channels[0] is 'sms', which PromoRec knows already; leave it out.")]
    [InlineData("'channels': ['a', 'a']", "channels[1] is 'a', which is there twice; leave it out.")]
    [InlineData("'channels': [1]", "channels[0] is 1, but must be the name of a channel.")]
    [InlineData("'zone': []", "zone is a list, but must be an object such as { \"unknown\": \"fallback\", \"fallback\": \"Europe/Berlin\" }.")]
    [InlineData("'zone': { 'unknown': 'falback' }", "zone.unknown is 'falback', but must be one of 'jurisdiction', 'block', 'fallback', 'intersectAll'; did you mean 'fallback'?")]
    [InlineData("'zone': { 'unknown': 'fallback' }", "zone lacks 'fallback', the zone that takes the place of one that is not known, such as \"Europe/Berlin\".")]
    [InlineData("'zone': { 'fallback': 'Europe/Berln' }", "zone.fallback is 'Europe/Berln', but this machine knows no such time zone; *; did you mean 'Europe/Berlin'?")]
    [InlineData("'zone': { 'fallback': 'x' }", "zone.fallback is 'x', but this machine knows no such time zone; *; correct the name, or install the time zone data (Debian: tzdata).")]
    [InlineData("'zone': { 'minimumConfidence': 80 }", "zone.minimumConfidence must be from 0 to 1, but is 80.")]
    [InlineData("'zone': { 'minimumConfidence': '80 %' }", "zone.minimumConfidence is '80 %', but must be a number.")]
    [InlineData("'quietHours': { 'everyDay': ['21:00-21:00'] }", "quietHours.everyDay[0] is '21:00-21:00', which begins where it ends; leave it out for no quiet hours, or give two different times.")]
    [InlineData("'quietHours': { 'everyDay': ['9-10'] }", "quietHours.everyDay[0] is '9-10', but must be two times of day such as \"21:00-08:00\".")]
    [InlineData("'quietHours': { 'everyDay': '21:00-08:00' }", "quietHours.everyDay is '21:00-08:00', but must be a list of intervals such as [\"21:00-08:00\"]; an empty one for none.")]
    [InlineData("'quietHours': { 'everyDay': ['00:00-00:01','00:02-00:03','00:04-00:05','00:06-00:07','00:08-00:09','00:10-00:11','00:12-00:13','00:14-00:15','00:16-00:17'] }", "quietHours.everyDay has 9 intervals, but 8 are the most for one day.")]
    [InlineData("'quietHours': { 'days': { 'sun': [] } }", "quietHours.days.sun is not known here; allowed are 'monday', *")]
    [InlineData("'quietHours': { 'channels': { 'emial': {} } }", "quietHours.channels.emial names the channel 'emial', which is not known; " + Channels + "; did you mean 'email'? A channel of your own goes into \"channels\".")]
    [InlineData("'quietHours': { 'channels': { 'in-app': {} } }", "quietHours.channels.in-app has no effect: messages inside the app are never held; leave it out.")]
    [InlineData("'quietHours': { 'channels': { 'sms': { 'everyday': [] } } }", "quietHours.channels.sms.everyday is not known here; allowed are 'everyDay', 'days'; did you mean 'everyDay'?")]
    [InlineData("'quietHours': { 'action': 'wait' }", "quietHours.action is 'wait', but must be one of 'defer', 'deferFirst', 'deferLatest', 'digest', 'drop'.")]
    [InlineData("'quietHours': { 'by': ['campaign'] }", "quietHours.by has no effect: with 'defer' every push is on its own; set 'action' to 'deferFirst', 'deferLatest' or 'digest', or leave it out.")]
    [InlineData("'quietHours': { 'action': 'digest', 'by': ['shop'] }", "quietHours.by[0] is 'shop', but must be one of *")]
    [InlineData("'quietHours': { 'action': 'drop', 'plannedSends': 'nearestEdge' }", "quietHours.plannedSends is 'nearestEdge', but 'action' is 'drop', which moves nothing; set 'action' to 'defer'.")]
    [InlineData("'quietHours': { 'jitter': '10 m' }", "quietHours.jitter is '10 m', but must be a stretch of time such as \"15m\", \"24h\", \"7d\" or \"1d12h\": whole numbers with s, m, h, d or w.")]
    [InlineData("'quietHours': { 'jitter': '16m' }", "quietHours.jitter must be from zero to 00:15:00, but is 00:16:00.")]
    [InlineData("'quietHours': { 'includeTransactional': 1 }", "quietHours.includeTransactional is 1, but must be true or false.")]
    [InlineData("'quietHours': { 'everyDay': ['08:00-20:00', '20:00-08:00'] }", "quietHours leaves no minute of the week in which anything may be sent; shorten the intervals.")]
    [InlineData("'quietHours': { 'channels': { 'sms': { 'everyDay': ['00:00-12:00', '11:00-00:00'] } } }", "quietHours.channels.sms leaves no minute of the week in which anything may be sent over sms; shorten the intervals.")]
    [InlineData("'minimumScores': [{}]", "minimumScores[0] lacks 'minimum', the smallest score that is pushed.")]
    [InlineData("'minimumScores': [{ 'minimum': 1, 'appliesTo': { 'channels': [] } }]", "minimumScores[0].appliesTo.channels is empty; leave it out for all channels.")]
    [InlineData("'minimumScores': [{ 'minimum': 1, 'appliesTo': { 'campaigns': [] } }]", "minimumScores[0].appliesTo.campaigns is empty; leave it out to match everything.")]
    [InlineData("'minimumScores': [{ 'minimum': 1, 'appliesTo': { 'channel': ['sms'] } }]", "minimumScores[0].appliesTo.channel is not known here; allowed are 'channels', 'categories', 'campaigns'; did you mean 'channels'?")]
    [InlineData("'minimumScores': [{ 'minimum': 1e99 }]", "minimumScores[0].minimum must be a finite number, but is Infinity.")]
    [InlineData("'minimumScores': [{ 'minimum': 1 }, { 'minimum': 1 }]", "minimumScores[1] has the name 'score:all:1' in traces, as minimumScores[0] has; give one of them another with 'name', or leave one out.")]
    [InlineData("'caps': {}", "caps is an object, but must be a list of caps such as [{ \"limit\": 3, \"window\": \"7d\" }].")]
    [InlineData("'caps': [7]", "caps[0] is 7, but must be an object such as { \"limit\": 3, \"window\": \"7d\" }.")]
    [InlineData("'caps': [{ 'window': 'day' }]", "caps[0] lacks 'limit', the most pushes in a window.")]
    [InlineData("'caps': [{ 'limit': 1 }]", "caps[0] lacks 'window', such as \"7d\", \"day\" or \"lifetime\".")]
    [InlineData("'caps': [{ 'limit': 0, 'window': 'day' }]", "caps[0].limit must be from 1 to 1000, but is 0; to send nothing, do not send.")]
    [InlineData("'caps': [{ 'limit': 1001, 'window': 'day' }]", "caps[0].limit must be from 1 to 1000, but is 1001.")]
    [InlineData("'caps': [{ 'limit': 1.5, 'window': 'day' }]", "caps[0].limit is 1.5, but must be a whole number.")]
    [InlineData("'caps': [{ 'limit': 1, 'window': 'dya' }]", "caps[0].window is 'dya', but must be a rolling window such as \"24h\" or \"7d\", or one of 'day', 'week', 'month', 'lifetime'; did you mean 'day'?")]
    [InlineData("'caps': [{ 'limit': 1, 'window': '101d' }]", "caps[0].window is 101 days, but the ledger forgets after 100 days, so it could not count that far back; shorten it, or set 'ledger.retention' to as much.")]
    [InlineData("'ledger': { 'retention': '30d' }, 'caps': [{ 'limit': 1, 'window': 'month' }]", "caps[0].window is 32 days, but the ledger forgets after 30 days, *")]
    [InlineData("'caps': [{ 'limit': 1, 'window': 'day', 'limit': 2 }]", "caps[0].limit is there twice; leave one of them out.")]
    [InlineData("'caps': [{ 'limit': 1, 'window': 'week', 'weekStart': 'Monday' }]", "caps[0].weekStart is 'Monday', but must be one of 'monday', 'tuesday', *; did you mean 'monday'?")]
    [InlineData("'caps': [{ 'limit': 1, 'window': 'day', 'onFull': 'wait' }]", "caps[0].onFull is 'wait', but must be one of 'drop', 'defer'.")]
    [InlineData("'caps': [{ 'limit': 1, 'window': 'day', 'by': ['chanel'] }]", "caps[0].by[0] is 'chanel', but must be one of 'channel', 'category', 'campaign', 'offer', 'key:NAME'; did you mean 'channel'?")]
    [InlineData("'caps': [{ 'limit': 1, 'window': 'day', 'by': [] }]", "caps[0].by is empty; leave it out to count all pushes of a customer together.")]
    [InlineData("'caps': [{ 'limit': 1, 'window': 'day', 'by': ['offer', 'offer'] }]", "caps[0].by[1] is 'offer', but that is in the list already; leave one out.")]
    [InlineData("'caps': [{ 'limit': 1, 'window': 'day', 'by': ['key:'] }]", "caps[0].by[0] is 'key:' without a name; write the name of one of your keys behind it, such as 'key:brand'.")]
    [InlineData("'caps': [{ 'limit': 1, 'window': 'day', 'by': ['key:a', 'key:b'] }]", "caps[0].by[1] is 'key:b', but only one key can be counted by; leave one out.")]
    [InlineData("'caps': [{ 'limit': 1, 'window': 'day', 'appliesTo': { 'channels': ['sns'] } }]", "caps[0].appliesTo.channels[0] names the channel 'sns', which is not known; " + Channels + "; did you mean 'sms'? A channel of your own goes into \"channels\".")]
    [InlineData("'caps': [{ 'limit': 1, 'window': 'day', 'countOnly': { 'channels': ['carrier-pigeon'] } }]", "caps[0].countOnly.channels[0] names the channel 'carrier-pigeon', which is not known; " + Channels + "; add a channel of your own to \"channels\".")]
    [InlineData("'caps': [{ 'limit': 1, 'window': 'day', 'countOnly': { 'categories': [''] } }]", "caps[0].countOnly.categories[0] is '', but must be a category.")]
    [InlineData("'caps': [{ 'limit': 1, 'window': 'day', 'name': ' ' }]", "caps[0].name is ' ', but must be a name.")]
    [InlineData("'caps': [{ 'limit': 1, 'window': 'day', 'name': 'a\\nb' }]", "caps[0].name must have 1 to 64 printable characters*")]
    [InlineData("'caps': [{ 'limit': 1, 'window': 'day', 'name': 'a' }, { 'limit': 2, 'window': '7d', 'name': 'a' }]", "caps[1] has the name 'a' in traces, as caps[0] has; give one of them another with 'name', or leave one out.")]
    [InlineData("'ledger': { 'retention': '10d' }", "ledger.retention must be from 30 to 800 days, but is 10.")]
    [InlineData("'ledger': { 'retentions': '10d' }", "ledger.retentions is not known here; allowed are 'retention'; did you mean 'retention'?")]
    public void A_fault_is_named_with_its_path_the_value_found_what_is_allowed_and_the_remedy(string members, string expected)
    {
        PolicyFileFault fault = Assert.Single(PolicyFiles.FaultsOf(members));

        Assert.Matches($"^{string.Join(".*", expected.Split('*').Select(System.Text.RegularExpressions.Regex.Escape))}$", fault.Message);
        Assert.StartsWith(fault.Path, fault.Message, StringComparison.Ordinal);
        Assert.Equal(2, fault.Line);
    }

    [Fact]
    public void All_faults_are_told_at_once_in_the_order_of_the_file()
    {
        PolicyFileException exception = Assert.Throws<PolicyFileException>(() => PushPolicyFile.Parse(
            """
            {
              "caps": [
                { "limit": 0, "window": "day" },
                { "limit": 5, "window": "2y" }
              ],
              "format": 1,
              "zone": { "fallback": "Mars" }
            }
            """,
            "shop.json"));

        Assert.Equal([(3, 16, "caps[0].limit"), (4, 29, "caps[1].window"), (7, 25, "zone.fallback")], exception.Faults.Select(fault => (fault.Line, fault.Column, fault.Path)));
        Assert.StartsWith("The policy file has 3 faults:\n- shop.json:3:16: caps[0].limit must be", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_too_large_is_refused_before_it_is_parsed()
    {
        using MemoryStream stream = new(new byte[PushPolicyFile.MaxLength + 1]);

        PolicyFileException exception = Assert.Throws<PolicyFileException>(() => PushPolicyFile.Read(stream, "large.json"));

        Assert.Equal("The file has more than 4,194,304 bytes, which no policy needs; name another file.", Assert.Single(exception.Faults).Message);
    }
}
