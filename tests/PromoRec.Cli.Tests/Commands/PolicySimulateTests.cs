using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PromoRec.Cli.Tests.Commands;

public sealed class PolicySimulateTests(SimulatedShop shop) : IClassFixture<SimulatedShop>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_history_is_told_by_what_becomes_of_it_under_two_policies_side_by_side()
    {
        // Every six hours from midnight on, four days; London has the time of UTC then.
        StringBuilder events = new("user,offer,channel,at,deliver_before\n");
        for (int hour = 0; hour < 96; hour += 6)
        {
            string at = new DateTime(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc).AddHours(hour).ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);
            events.Append(CultureInfo.InvariantCulture, $"c1,o{hour},email,{at},2026-04-01\n");
        }

        string file = _folder.Write("e.csv", events.ToString());
        string quiet = Policy("a.json", "\"quietHours\": { \"everyDay\": [\"21:00-08:00\"] }, \"caps\": [{ \"limit\": 2, \"window\": \"day\" }]");
        string plain = Policy("b.json", "\"caps\": [{ \"limit\": 3, \"window\": \"day\" }]");

        JsonElement report = Simulate(file, quiet, "--against", plain, "--assume-country", "US", "--assume-zone", "Europe/London").Json;

        // By law nothing goes out before 08:00, so the pushes of midnight and 06:00 wait. Under A they take both places of their day; under B there is a third for the one of 12:00.
        Assert.Equal("16 attempts of 1: 8 sent, 8 dropped, 8 deferred", Told(report, "policies"));
        Assert.Equal("16 attempts of 1: 12 sent, 4 dropped, 8 deferred", Told(report, "against"));
        JsonElement a = report.GetProperty("policies");
        Assert.Equal(8, a.GetProperty("drops").GetProperty("frequency_cap").GetInt32());
        Assert.Equal(2, a.GetProperty("fullestDay").GetProperty("max").GetInt32());
        Assert.Equal(8, a.GetProperty("fullestWeek").GetProperty("max").GetInt32());
        Assert.Equal(3, report.GetProperty("against").GetProperty("fullestDay").GetProperty("max").GetInt32());
        JsonElement comparison = report.GetProperty("comparison");
        long[] all = [.. comparison.EnumerateObject().Select(member => member.Value.GetInt64())];
        Assert.Equal(16, all.Sum());
        Assert.Equal((8, 0), (comparison.GetProperty("sentByBoth").GetInt64(), comparison.GetProperty("sentOnlyByPolicies").GetInt64()));
    }

    [Fact]
    public void A_push_that_was_deferred_is_decided_once_more_when_its_time_has_come()
    {
        // The pause of the night ends after the offer does not hold any more for the second, so only the first goes out.
        string file = _folder.Write("e.csv", "user,offer,channel,at,deliver_before\nc1,a,email,2026-03-02T22:00Z,2026-04-01\nc1,b,email,2026-03-02T23:00Z,2026-03-03T07:00Z\nc1,c,email,2026-03-03T07:59Z,\n");
        string policy = Policy("a.json", "\"quietHours\": { \"everyDay\": [\"21:00-08:00\"] }");

        JsonElement report = Simulate(file, policy, "--assume-country", "US", "--assume-zone", "Europe/London").Json.GetProperty("policies");

        Assert.Equal((0, 2, 1), (report.GetProperty("sentAtOnce").GetInt32(), report.GetProperty("sentLater").GetInt32(), report.GetProperty("dropped").GetInt32()));
        Assert.Equal(1, report.GetProperty("drops").GetProperty("expired_in_quiet_hours").GetInt32());
        Assert.Equal(2, report.GetProperty("deferrals").GetProperty("quiet_hours").GetInt32());
    }

    [Theory]
    [InlineData("defer", 4, 4, 0)]
    [InlineData("deferFirst", 2, 2, 0)]
    [InlineData("deferLatest", 2, 2, 0)]
    [InlineData("digest", 4, 2, 4)]
    public void Of_pushes_that_fall_into_one_night_as_many_are_sent_as_the_policy_keeps(string action, int sent, int messages, int inDigests)
    {
        string file = _folder.Write(
            "e.csv",
            "user,offer,channel,at,score\nc1,a,email,2026-03-02T22:00Z,0.1\nc1,b,email,2026-03-02T23:00Z,0.1\nc2,a,email,2026-03-02T23:00Z,0.9\nc2,b,email,2026-03-02T23:00Z,0.1\n");
        string policy = Policy("a.json", $"\"quietHours\": {{ \"everyDay\": [\"21:00-08:00\"], \"action\": \"{action}\" }}, \"engine\": {{ \"legalQuietHours\": false }}");
        string plain = Policy("b.json", "\"quietHours\": { \"everyDay\": [\"21:00-08:00\"] }");

        CommandResult result = Simulate(file, policy, "--against", plain, "--assume-country", "US", "--assume-zone", "Europe/London");

        JsonElement report = result.Json.GetProperty("policies");
        Assert.Equal((sent, messages, inDigests), (report.GetProperty("sentLater").GetInt32(), report.GetProperty("channels").GetProperty("email").GetInt32(), report.GetProperty("sentInDigests").GetInt32()));
        Assert.Equal((2, messages / 2), (report.GetProperty("customersReached").GetInt32(), report.GetProperty("fullestDay").GetProperty("max").GetInt32()));
        Dictionary<string, int> drops = report.GetProperty("drops").EnumerateObject().ToDictionary(drop => drop.Name, drop => drop.Value.GetInt32());
        Assert.Equal(action switch { "deferFirst" => "another_waits 2", "deferLatest" => "another_waits 1, place_gone 1", _ => "" }, string.Join(", ", drops.OrderBy(drop => drop.Key).Select(drop => $"{drop.Key} {drop.Value}")));
    }

    [Fact]
    public void Pushes_of_one_instant_are_decided_by_priority_score_and_offer()
    {
        string file = _folder.Write("e.csv", "user,offer,channel,at,score,priority\nc1,z,email,2026-03-02,0.9,0\nc1,b,sms,2026-03-02,0.1,1\nc1,a,push,2026-03-02,0.1,1\n");
        string policy = Policy("a.json", "\"caps\": [{ \"limit\": 1, \"window\": \"7d\" }]");

        JsonElement report = Simulate(file, policy, "--assume-country", "US", "--assume-zone", "America/New_York").Json.GetProperty("policies");

        Assert.Equal(1, report.GetProperty("channels").GetProperty("push").GetInt32());
        Assert.Equal(1, report.GetProperty("sent").GetInt32());
    }

    [Fact]
    public void The_files_of_a_simulated_shop_can_be_replayed_and_give_the_same_twice()
    {
        string strict = Policy("strict.json", "\"caps\": [{ \"limit\": 1, \"window\": \"7d\" }]");
        string loose = Policy("loose.json", "\"caps\": [{ \"limit\": 20, \"window\": \"7d\" }]");
        string[] files = ["--customers", shop.Customers, "--offers", shop.Offers];

        CommandResult first = Simulate(shop.Pushes, strict, ["--against", loose, .. files]);
        CommandResult second = Simulate(shop.Pushes, strict, ["--against", loose, .. files]);
        string text = Tool.Run(["policy", "simulate", "--events", shop.Pushes, "--policies", strict, "--against", loose, .. files]).Succeeded().Output;

        Assert.Equal(WithoutSeconds(first), WithoutSeconds(second));
        JsonElement report = first.Json;
        Assert.Equal(File.ReadLines(shop.Pushes).Count() - 1, report.GetProperty("attempts").GetInt64());
        Assert.True(report.GetProperty("policies").GetProperty("sent").GetInt64() > 20);
        Assert.Equal(1, report.GetProperty("policies").GetProperty("fullestDay").GetProperty("max").GetInt32());
        Assert.True(report.GetProperty("against").GetProperty("sent").GetInt64() > report.GetProperty("policies").GetProperty("sent").GetInt64());
        Assert.Contains("strict.json  loose.json  strict.json minus loose.json", text, StringComparison.Ordinal);
        Assert.Contains("Sent by both: ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_customers_it_says_what_it_takes_of_them()
    {
        string file = _folder.Write("e.csv", "user,offer,channel,at\nc1,a,email,2026-03-02\n");

        CommandResult result = Simulate(file, Policy("a.json", "\"caps\": []"));

        Assert.StartsWith(
            "There is no --customers file, so everybody is taken to be reachable everywhere and to have agreed to everything, in a country and time zone that nobody knows; --assume-country and --assume-zone say others.\n",
            result.Error.ReplaceLineEndings("\n"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_difference_is_that_of_the_first_file_from_the_second_and_files_of_one_name_are_told_apart_by_their_paths()
    {
        Directory.CreateDirectory(_folder["b"]);
        string file = _folder.Write("e.csv", "user,offer,channel,at\nc1,a,email,2026-03-02T12:00Z\nc1,b,email,2026-03-02T13:00Z\nc1,c,email,2026-03-02T14:00Z\n");
        string strict = Policy("p.json", "\"caps\": [{ \"limit\": 1, \"window\": \"7d\" }]");
        string loose = Policy(Path.Combine("b", "p.json"), "\"caps\": [{ \"limit\": 3, \"window\": \"7d\" }]");
        string[] args = ["policy", "simulate", "--events", file, "--policies", strict, "--assume-country", "US", "--assume-zone", "Europe/London", "--against"];

        string text = Tool.Run([.. args, loose]).Succeeded().Output;
        string same = Tool.Run([.. args, strict]).Succeeded().Output;

        Assert.Contains($"{strict} minus {loose}", text, StringComparison.Ordinal);
        Assert.Matches(@"sent at once +1 +3 +-2\s", text);
        Assert.Contains($"Only by {strict}: 0. Only by {loose}: 2.", text, StringComparison.Ordinal);
        Assert.Contains($"Only by {strict} (--policies): 0. Only by {strict} (--against): 0.", same, StringComparison.Ordinal);
    }

    [Fact]
    public void When_nothing_is_sent_for_want_of_consent_a_hint_says_what_to_fill_in()
    {
        string customers = _folder.Write("c.csv", "user,country,consents\nc1,US,email=confirmed\nc2,DE,\n");
        string policy = Policy("a.json", "\"caps\": []");

        CommandResult none = Simulate(_folder.Write("e.csv", "user,offer,channel,at\nc2,a,email,2026-03-02T17:00Z\n"), policy, "--customers", customers);
        CommandResult some = Simulate(_folder.Write("f.csv", "user,offer,channel,at\nc1,a,email,2026-03-02T17:00Z\nc2,a,email,2026-03-02T17:00Z\n"), policy, "--customers", customers, "--assume-zone", "America/New_York");

        Assert.StartsWith("hint: nothing was sent, and some of it for want of consent.", none.Error, StringComparison.Ordinal);
        Assert.Contains("--assume-country", none.Error, StringComparison.Ordinal);
        Assert.Contains("'topic'", none.Error, StringComparison.Ordinal);
        Assert.Empty(some.Error);
    }

    [Theory]
    [InlineData("user,offer,at\n1,2,2026-01-01\n", "e.csv, line 1: the header has no column 'channel'. Expected a header such as user,offer,channel,at and a row for each push.")]
    [InlineData("user,offer,channel,at,campain\n", "there is no column 'campain' in a file of pushes. Did you mean 'campaign'?")]
    [InlineData("user,offer,channel,at\n", "the file has a header but no rows. Expected a row for each push.")]
    [InlineData("user,offer,channel,at\n1,2,emial,2026-01-01\n", "line 2, column 'channel': there is no channel 'emial'. Did you mean 'email'? The channels are push, email, sms, wechat, in-app; one of your own goes into \"channels\" of the policy file.")]
    [InlineData("user,offer,channel,at\n1,2,email,\n", "column 'at': the time is empty. Expected ISO 8601")]
    [InlineData("user,offer,channel,at\n1,2,email,soon\n", "column 'at': 'soon' is not a time. Expected ISO 8601")]
    [InlineData("user,offer,channel,at\n,2,email,2026-01-01\n", "column 'user': the id is empty.")]
    [InlineData("user,offer,channel,at,class\n1,2,email,2026-01-01,spam\n", "column 'class': 'spam' is no class of messages. Expected promotional or transactional.")]
    [InlineData("user,offer,channel,at,score\n1,2,email,2026-01-01,NaN\n", "column 'score': 'NaN' is not a number from")]
    [InlineData("user,offer,channel,at,priority\n1,2,email,2026-01-01,1.5\n", "column 'priority': '1.5' is not a whole number.")]
    [InlineData("user,offer,channel,at,keys\n1,2,email,2026-01-01,brand\n", "column 'keys': 'brand' is not of the form NAME=VALUE, such as brand=Acme, with | between several.")]
    public void A_bad_file_of_pushes_is_refused_at_its_place(string text, string message)
    {
        string file = _folder.Write("e.csv", text);

        Tool.Run("policy", "simulate", "--events", file, "--policies", Policy("a.json", "\"caps\": []")).FailedWith(ExitCode.BadInput, message);
    }

    [Fact]
    public void Rows_may_name_only_offers_of_the_offers_file_and_bad_rows_can_be_left_out()
    {
        string offers = _folder.Write("o.csv", "id,form,value\na,cash-off,1\n");
        string file = _folder.Write("e.csv", "user,offer,channel,at\nc1,a,email,2026-03-02\nc1,b,email,2026-03-02\n");
        string policy = Policy("a.json", "\"caps\": []");

        Tool.Run("policy", "simulate", "--events", file, "--policies", policy, "--offers", offers)
            .FailedWith(ExitCode.BadInput, "e.csv, line 3, column 'offer': there is no offer 'b' in the offers file. Add it there, or leave the offers file out.");
        Assert.Equal(1, Simulate(file, policy, "--offers", offers, "--skip-bad", "1").Json.GetProperty("badRows").GetInt32());
    }

    private static string Told(JsonElement report, string name)
    {
        JsonElement policy = report.GetProperty(name);
        long deferred = policy.GetProperty("deferrals").EnumerateObject().Sum(member => member.Value.GetInt64());
        return $"{report.GetProperty("attempts")} attempts of {report.GetProperty("customers")}: {policy.GetProperty("sent")} sent, {policy.GetProperty("dropped")} dropped, {deferred} deferred";
    }

    private static string WithoutSeconds(CommandResult result) => result.Output[..result.Output.LastIndexOf("\"seconds\"", StringComparison.Ordinal)];

    private static CommandResult Simulate(string events, string policies, params string[] more) =>
        Tool.Run(["policy", "simulate", "--events", events, "--policies", policies, "--json", .. more]).Succeeded();

    private string Policy(string name, string members) => _folder.Write(name, $"{{ \"format\": 1, {members} }}");
}
