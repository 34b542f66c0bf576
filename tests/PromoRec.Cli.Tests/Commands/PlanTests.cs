using System.Text.Json;

namespace PromoRec.Cli.Tests.Commands;

public sealed class PlanTests : IDisposable
{
    private const string Noon = "2026-03-10T12:00:00Z";
    private const string Night = "2026-03-10T22:00:00Z";

    private readonly TemporaryFolder _folder = new();
    private readonly string _policies;
    private readonly string _customers;
    private readonly string _offers;

    public PlanTests()
    {
        _policies = _folder.Write("p.json", """
            { "format": 1, "channels": ["kiosk"],
              "quietHours": { "everyDay": ["21:00-08:00"] },
              "caps": [{ "limit": 2, "window": "7d" }, { "by": ["channel"], "limit": 1, "window": "24h" }] }
            """);
        _customers = _folder.Write("c.csv", """
            user,country,time_zone,channels,permission,consents,snoozed_until,redeemed
            c1,US,Europe/London,email|push,true,,,
            c2,US,Europe/London,email,,*=withdrawn,,
            c3,US,Europe/London,email,,,2026-04-01,
            """);
        _offers = _folder.Write("o.csv", """
            id,form,value,priority,channels,valid_to
            a,percent-off,10,0,,2026-05-01
            b,percent-off,20,5,,2026-05-01
            c,percent-off,30,0,kiosk,2026-05-01
            """);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_offer_is_decided_for_every_customer_and_caps_hold_across_all_of_it()
    {
        JsonElement plan = Plan(Noon);

        // By priority, then by id; each offer over both of the customer's channels, but for the one that has its own.
        Assert.Equal(
            [
                "b email send", "b push send", "a email drop frequency_cap", "a push drop frequency_cap", "c kiosk drop no_consent",
            ],
            Of(plan, "c1"));
        Assert.Equal(["b email drop opted_out", "a email drop opted_out", "c kiosk drop consent_withdrawn"], Of(plan, "c2"));
        Assert.Equal(["b email drop snoozed", "a email drop snoozed", "c kiosk drop no_consent"], Of(plan, "c3"));
        Assert.Equal((2, 0, 9), (plan.GetProperty("sent").GetInt32(), plan.GetProperty("deferred").GetInt32(), plan.GetProperty("dropped").GetInt32()));
        Assert.Equal(2, plan.GetProperty("reasons").GetProperty("frequency_cap").GetInt32());
    }

    [Fact]
    public void What_is_deferred_holds_its_place_too()
    {
        JsonElement plan = Plan(Night);

        Assert.Equal(["b email defer quiet_hours 2026-03-11T08:00:00Z", "b push defer quiet_hours 2026-03-11T08:00:00Z", "a email drop frequency_cap", "a push drop frequency_cap"], Of(plan, "c1").SkipLast(1));
    }

    [Fact]
    public void Scores_decide_who_goes_first_and_past_pushes_count()
    {
        string scores = _folder.Write("s.csv", "user,offer,score\nc1,a,0.9\nc1,b,0.1\n");
        string offers = _folder.Write("o2.csv", "id,form,value\na,cash-off,1\nb,cash-off,1\n");
        string history = _folder.Write("h.csv", "user,offer,channel,at\nc1,x,email,2026-03-09T18:00:00Z\n");

        JsonElement fresh = Plan(Noon, "--offers", offers, "--scores", scores, "--channels", "push,email");
        JsonElement after = Plan(Noon, "--offers", offers, "--scores", scores, "--channels", "email", "--history", history);

        Assert.Equal(["a push send", "a email send", "b push drop frequency_cap", "b email drop frequency_cap"], Of(fresh, "c1"));
        Assert.Equal(["a email drop frequency_cap", "b email drop frequency_cap"], Of(after, "c1"));
    }

    [Fact]
    public void Past_pushes_that_were_held_back_do_not_count()
    {
        string offers = _folder.Write("o2.csv", "id,form,value\na,cash-off,1\n");
        string sent = _folder.Write("sent.csv", "user,offer,channel,at,sent\nc1,x,email,2026-03-09T18:00:00Z,true\n");
        string held = _folder.Write("held.csv", "user,offer,channel,at,sent\nc1,x,email,2026-03-09T18:00:00Z,false\n");

        Assert.Equal(["a email drop frequency_cap"], Of(Plan(Noon, "--offers", offers, "--channels", "email", "--history", sent), "c1"));
        Assert.Equal(["a email send"], Of(Plan(Noon, "--offers", offers, "--channels", "email", "--history", held), "c1"));
    }

    [Theory]
    [InlineData("--policies", "p.json")]
    [InlineData("--customers", "c.csv")]
    [InlineData("--offers", "o.csv")]
    [InlineData("--scores", "s.csv")]
    [InlineData("--history", "h.csv")]
    public void A_plan_does_not_replace_what_it_is_made_of(string option, string name)
    {
        string history = _folder.Write("h.csv", "user,offer,channel,at\nc1,x,email,2026-03-09T18:00:00Z\n");
        string scores = _folder.Write("s.csv", "user,offer,score\nc1,a,0.9\n");
        byte[] before = File.ReadAllBytes(_folder[name]);

        Run(Noon, "--history", history, "--scores", scores, "--out", Path.Combine(_folder.Root, ".", name))
            .FailedWith(ExitCode.Usage, $"error: --out is the file of {option}, which the plan would replace. Name another file.");

        Assert.Equal(before, File.ReadAllBytes(_folder[name]));
    }

    [Fact]
    public void A_plan_that_sends_nothing_for_want_of_consent_says_what_to_fill_in()
    {
        string customers = _folder.Write("c2.csv", "user,channels\nc1,email\n");

        Assert.StartsWith("hint: nothing was sent, and some of it for want of consent.", Run(Noon, "--customers", customers).Succeeded().Error, StringComparison.Ordinal);
        Assert.Empty(Run(Noon).Succeeded().Error);
    }

    [Fact]
    public void A_trace_says_what_every_rule_saw_and_would_change_it()
    {
        JsonElement third = Plan(Noon).GetProperty("decisions")[2];
        string text = Tool.Run("plan", "--policies", _policies, "--customers", _customers, "--offers", _offers, "--at", Noon, "--explain").Succeeded().Output;

        JsonElement[] rules = [.. third.GetProperty("decision").GetProperty("rules").EnumerateArray()];
        JsonElement cap = rules.Single(rule => rule.GetProperty("rule").GetString() == "cap:channel:1/1d");
        Assert.Equal(("drop", 1, 1), (cap.GetProperty("says").GetString(), cap.GetProperty("saw").GetProperty("sent").GetInt32(), cap.GetProperty("saw").GetProperty("limit").GetInt32()));
        Assert.Contains(rules, rule => rule.GetProperty("rule").GetString() == "consent");
        Assert.Contains("  c1  a  email  drop  frequency_cap  cap:all:2/7d\n    suppression allows", text.ReplaceLineEndings("\n"), StringComparison.Ordinal);

        // The place that fills the cap is held for a quarter of an hour, in which its push may be sent.
        Assert.Contains("    cap:channel:1/1d drops, frequency_cap (sent 1, limit 1); would change with at 2026-03-11T12:14:59.9999999Z\n", text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void People_get_a_table_and_a_file_gets_every_decision()
    {
        string file = _folder["plan.csv"];

        string text = Tool.Run("plan", "--policies", _policies, "--customers", _customers, "--offers", _offers, "--at", Noon, "--rows", "3", "--out", file).Succeeded().Output.ReplaceLineEndings("\n");

        Assert.StartsWith("11 pushes of 3 offers to 3 customers at 2026-03-10T12:00:00Z: 2 to send, 0 deferred, 9 dropped.\n  user  offer", text, StringComparison.Ordinal);
        Assert.Contains("8 more are not shown, drops before others; --rows N shows more, and --out FILE writes all.\n", text, StringComparison.Ordinal);
        string[] rows = File.ReadAllLines(file);
        Assert.Equal("user,offer,channel,outcome,until,reason,rule", rows[0]);
        Assert.Equal("c1,b,email,send,,,", rows[1]);
        Assert.Equal("c1,a,email,drop,,frequency_cap,cap:all:2/7d", rows[3]);
        Assert.Equal(12, rows.Length);
    }

    [Fact]
    public void Past_pushes_must_be_past_and_in_order()
    {
        string late = _folder.Write("late.csv", "user,offer,channel,at\nc1,x,email,2026-03-11\n");
        string mixed = _folder.Write("mixed.csv", "user,offer,channel,at\nc1,x,email,2026-03-02\nc1,x,email,2026-03-01\n");

        Run(Noon, "--history", late).FailedWith(ExitCode.BadInput, "a push is of 2026-03-11 00:00:00Z, after the time of the plan, 2026-03-10 12:00:00Z.");
        Run(Noon, "--history", mixed).FailedWith(
            ExitCode.BadInput, "mixed.csv, line 3: the push is of 2026-03-01T00:00:00Z, but the row before is of 2026-03-02T00:00:00Z. A history is replayed in the order of time: sort the file by its column 'at'.");
    }

    private static IEnumerable<string> Of(JsonElement plan, string user) => plan.GetProperty("decisions").EnumerateArray()
        .Where(entry => entry.GetProperty("user").GetString() == user)
        .Select(entry => string.Join(' ', new[] { "offer", "channel", "outcome", "reason", "until" }
            .Select(name => entry.TryGetProperty(name, out JsonElement value) ? name == "until" ? $"{value.GetDateTimeOffset():yyyy-MM-ddTHH:mm:ssZ}" : value.GetString() : null).OfType<string>()));

    private JsonElement Plan(string at, params string[] more) => Run(at, more).Succeeded().Json;

    private CommandResult Run(string at, params string[] more)
    {
        string[] args = ["--policies", _policies, "--customers", _customers, "--offers", _offers, "--at", at, "--json"];
        for (int i = 0; i < more.Length; i += 2)
        {
            int known = Array.IndexOf(args, more[i]);
            args = known >= 0 ? [.. args[..(known + 1)], more[i + 1], .. args[(known + 2)..]] : [.. args, more[i], more[i + 1]];
        }

        return Tool.Run(["plan", .. args]);
    }
}
