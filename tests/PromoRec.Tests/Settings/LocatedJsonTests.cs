using System.Text;
using System.Text.Json;

namespace PromoRec.Tests.Settings;

public sealed class LocatedJsonTests
{
    [Fact]
    public void Every_value_and_name_knows_its_line_column_and_path()
    {
        LocatedJson root = Read("{\n  // A comment.\n  \"caps\": [ 1,\r\n    { \"limit\" : \"客户\", \"a\": true },\n  ],\n}");
        LocatedJson caps = Member(root, "caps");
        LocatedJson limit = Member(caps.Items[1], "limit");
        LocatedJson a = Member(caps.Items[1], "a");

        Assert.Equal((1, 1, "$"), (root.Line, root.Column, root.Path));
        Assert.Equal((3, 3, 3, 11, "$.caps"), (caps.NameLine, caps.NameColumn, caps.Line, caps.Column, caps.Path));
        Assert.Equal((3, 13, "$.caps[0]", "1"), (caps.Items[0].Line, caps.Items[0].Column, caps.Items[0].Path, caps.Items[0].Text));
        Assert.Equal((4, 7, 4, 17, "$.caps[1].limit", "客户"), (limit.NameLine, limit.NameColumn, limit.Line, limit.Column, limit.Path, limit.Text));

        // Columns count characters, not bytes.
        Assert.Equal((23, 28, JsonValueKind.True), (a.NameColumn, a.Column, a.Kind));
    }

    [Theory]
    [InlineData("", "f:1:1: $ is not JSON: it ends here, before every bracket, quote and comment is closed; close them.")]
    [InlineData("{\n  \"a\": [1", "f:2:10: $ is not JSON: it ends here, before every bracket, quote and comment is closed; close them.")]
    [InlineData("{\n  \"客\": oops }", "f:2:8: $ is not JSON: 'o' was not expected here; look for a comma, quote, bracket or misspelt word here or just before.")]
    [InlineData("{\"a\":1 \"b\":2}", "f:1:8: $ is not JSON: '\"' was not expected here; look for a comma, quote, bracket or misspelt word here or just before.")]
    [InlineData("{} {}", "f:1:4: $ is not JSON: '{' was not expected here; look for a comma, quote, bracket or misspelt word here or just before.")]
    [InlineData("[\"a\u0001\"]", "f:1:4: $ is not JSON: the character U+0001 was not expected here; look for a comma, quote, bracket or misspelt word here or just before.")]
    [InlineData("[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]", "f:1:17: $ is nested deeper than 16 levels, which no setting is; take a level out.")]
    [InlineData("[\"\\uD800\"]", "f:1:2: $ has a text with half of a surrogate pair; write the character itself, or both halves as \\uXXXX\\uXXXX.")]
    public void What_is_no_JSON_is_one_fault_at_its_place(string json, string fault)
    {
        JsonFaults faults = new("f");

        Assert.Null(LocatedJson.Read(Encoding.UTF8.GetBytes(json), faults));
        Assert.Equal([fault], faults.All);
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_one_fault_at_their_place()
    {
        JsonFaults faults = new("f");

        Assert.Null(LocatedJson.Read([.. "{\n \"客"u8, 0xFF, .. "\"}"u8], faults));
        Assert.Equal(["f:2:4: $ is not UTF-8 text: byte 0xFF was found; save the file as UTF-8."], faults.All);
    }

    [Fact]
    public void Faults_are_told_in_the_order_of_the_file_and_long_texts_in_short()
    {
        JsonFaults faults = new("f");
        LocatedJson root = Read($"[\"{new string('x', 500)}\\n\", 7]");
        faults.Add(root.Items[1], "is late");
        faults.Add(root.Items[0], $"is {root.Items[0].Description}");

        Assert.Equal([$"f:1:2: $[0] is '{new string('x', 60)}…'.", "f:1:508: $[1] is late."], faults.All);
        Assert.Equal("a?b", LocatedJson.Excerpt("a\u0007b"));
    }

    private static LocatedJson Read(string json)
    {
        JsonFaults faults = new("f");
        LocatedJson? root = LocatedJson.Read([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(json)], faults);
        Assert.Empty(faults.All);
        return root!;
    }

    private static LocatedJson Member(LocatedJson value, string name) => value.Members.Single(member => member.Key == name).Value;
}
