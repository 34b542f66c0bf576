using System.Text;
using System.Text.Json;

namespace PromoRec.Cli.Tests.Commands;

public sealed class PolicyCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_valid_file_is_told_in_words_in_the_order_in_which_it_is_applied()
    {
        string file = _folder.Write("p.json", """{ "format": 1, "caps": [{ "limit": 2, "window": "7d" }], "duplicates": { "offer": "7d", "push": false, "content": false } }""");

        string[] lines = Tool.Run("policy", "check", file).Succeeded().Output.Split('\n');

        Assert.Equal($"{file} is valid. With it, in the order in which it is applied:", lines[0]);
        int duplicate = Array.FindIndex(lines, line => line.EndsWith("A promotion is dropped when the customer was sent the same offer within 7 days. [duplicates.offer: duplicate:offer:7d]", StringComparison.Ordinal));
        int cap = Array.FindIndex(lines, line => line.EndsWith("A promotion is dropped when the customer has had 2 pushes within 7 days. [caps[0]: cap:all:2/7d]", StringComparison.Ordinal));
        Assert.InRange(duplicate, 1, cap - 1);
        Assert.Contains(lines, line => line.EndsWith("[always: suppression]", StringComparison.Ordinal));
    }

    [Fact]
    public void Faults_are_told_one_a_line_with_code_3()
    {
        string file = _folder.Write("p.json", "{\n \"format\": 1,\n \"caps\": [{ \"limit\": 0, \"window\": \"day\" }],\n \"gap\": []\n}");

        string error = Tool.Run("policy", "check", file).FailedWith(ExitCode.BadInput, $"error: {file}:3:22: caps[0].limit must be from 1 to 1000, but is 0; to send nothing, do not send.").Error;

        Assert.Equal(2, error.Split("error: ").Length - 1);
        Assert.Contains($"error: {file}:4:2: gap is not known here;", error, StringComparison.Ordinal);
        Assert.Contains("did you mean 'gaps'?\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Warnings_are_told_and_do_not_fail()
    {
        string file = _folder.Write("p.json", """{ "format": 1, "caps": [{ "limit": 2, "window": "7d" }, { "limit": 2, "window": "1d" }] }""");

        CommandResult result = Tool.Run("policy", "check", file).Succeeded();

        Assert.Equal($"warning: {file}:1:57: caps[1] never holds anything back, because caps[0] is at least as strict wherever it applies; leave it out, or make it stricter.\n", result.Error.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Json_has_rules_and_warnings_or_faults()
    {
        string good = _folder.Write("good.json", """{ "format": 1, "caps": [{ "limit": 2, "window": "7d" }, { "limit": 2, "window": "1d" }] }""");
        string bad = _folder.Write("bad.json", """{ "format": 1, "caps": [{ "limit": 2 }] }""");

        JsonElement valid = Tool.Run("policy", "check", good, "--json").Succeeded().Json;
        CommandResult refused = Tool.Run("policy", "check", bad, "--json");

        Assert.True(valid.GetProperty("isValid").GetBoolean());
        Assert.Equal("caps[1]", valid.GetProperty("warnings")[0].GetProperty("path").GetString());
        JsonElement cap = valid.GetProperty("rules").EnumerateArray().First(rule => rule.GetProperty("path").GetString() == "caps[0]");
        Assert.Equal(("frequency", "cap:all:2/7d"), (cap.GetProperty("stage").GetString(), cap.GetProperty("name").GetString()));
        Assert.Equal(ExitCode.BadInput, refused.ExitCode);
        JsonElement fault = Assert.Single(refused.Json.GetProperty("faults").EnumerateArray());
        Assert.Equal((1, 25, "caps[0]"), (fault.GetProperty("line").GetInt32(), fault.GetProperty("column").GetInt32(), fault.GetProperty("path").GetString()));
        Assert.Contains(":1:25: caps[0] lacks 'window'", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_policy_file_is_refused_with_code_3()
    {
        Tool.Run("policy", "check", _folder["none"]).FailedWith(ExitCode.BadInput, "there is no such file. Check the path.");
        Tool.Run("policy", "check", _folder.Root).FailedWith(ExitCode.BadInput, "this is a folder, but a file was expected.");
        Tool.Run("policy", "check", _folder.Write("empty", string.Empty)).FailedWith(ExitCode.BadInput, "empty:1:1: The file is not JSON: it ends here");
        Tool.Run("policy", "check", _folder.Write("utf16", Encoding.Unicode.GetPreamble())).FailedWith(ExitCode.BadInput, "the file is UTF-16, but UTF-8 was expected.");
        Tool.Run("policy", "check", _folder.Write("csv", "user,item\n")).FailedWith(ExitCode.BadInput, "csv:1:1: The file is not JSON: 'u' was not expected here");
    }

    [Theory]
    [InlineData("error: Required command was not provided.", "policy")]
    [InlineData("See 'promorec policy --help'.", "policy")]
    [InlineData("See 'promorec policy check --help'.", "policy", "check")]
    [InlineData("See 'promorec policy simulate --help'.", "policy", "simulate", "--events", "x")]
    [InlineData("--assume-country: 'ZZ' is not a country.", "policy", "simulate", "--policies", "POLICY", "--events", "x", "--assume-country", "ZZ")]
    [InlineData("--assume-zone: there is no time zone 'Europe/Berln' on this machine. Did you mean 'Europe/Berlin'?", "policy", "simulate", "--policies", "POLICY", "--events", "x", "--assume-zone", "Europe/Berln")]
    [InlineData("error: Required argument missing", "policy", "check")]
    [InlineData("Option '--policies' is required.", "plan", "--customers", "x", "--offers", "y")]
    [InlineData("error: Option '--events' is required.", "policy", "simulate", "--policies", "x")]
    [InlineData("--assume-country: 'Germany' is not a country. Expected two letters of ISO 3166-1, such as DE.", "policy", "simulate", "--policies", "POLICY", "--events", "x", "--assume-country", "Germany")]
    [InlineData("--assume-zone: there is no time zone 'Mars' on this machine.", "policy", "simulate", "--policies", "POLICY", "--events", "x", "--assume-zone", "Mars")]
    [InlineData("--channels: there is no channel 'emial'. Did you mean 'email'? The channels are push, email, sms, wechat, in-app;", "plan", "--policies", "POLICY", "--customers", "x", "--offers", "y", "--channels", "emial")]
    [InlineData("--at: 'soon' is not a time.", "plan", "--policies", "POLICY", "--customers", "x", "--offers", "y", "--at", "soon")]
    public void A_wrong_command_line_is_refused_with_code_2(string message, params string[] args)
    {
        string policy = _folder.Write("p.json", """{ "format": 1 }""");

        Tool.Run([.. args.Select(arg => arg == "POLICY" ? policy : arg)]).FailedWith(ExitCode.Usage, message);
    }
}
