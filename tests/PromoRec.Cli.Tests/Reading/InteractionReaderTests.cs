using System.Globalization;
using System.Text;
using PromoRec.Cli.Reading;
using PromoRec.Interactions;

namespace PromoRec.Cli.Tests.Reading;

public sealed class InteractionReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _warnings = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Columns_stand_in_any_order_and_case()
    {
        string path = _folder.Write("i.csv", "At,Value,Item,Kind,User\n2026-03-01,2.5,apple,view,7\n");

        Interaction interaction = Assert.Single(Read(path));

        Assert.Equal(new UserId(7), interaction.User);
        Assert.Equal(new ItemId("apple"), interaction.Item);
        Assert.Equal(InteractionKind.View, interaction.Kind);
        Assert.Equal(2.5, interaction.Value);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), interaction.At);
    }

    [Fact]
    public void Only_user_and_item_are_needed_and_the_rest_has_defaults()
    {
        Interaction interaction = Assert.Single(Read(_folder.Write("i.csv", "user,item\nann,apple\n"), new() { DefaultKind = InteractionKind.Cart }));

        Assert.Equal((InteractionKind.Cart, 1.0, default(DateTimeOffset), null), (interaction.Kind, interaction.Value, interaction.At, interaction.EventId));
    }

    [Fact]
    public void A_row_may_name_an_offer_an_event_and_no_item()
    {
        Interaction interaction = Assert.Single(Read(_folder.Write("i.csv", "user,item,offer,event,kind\nann,,spring,e1,redeem\n")));

        Assert.True(interaction.Item.IsEmpty);
        Assert.Equal((new OfferId("spring"), "e1", InteractionKind.Redeem), (interaction.Offer, interaction.EventId, interaction.Kind));
    }

    [Theory]
    [InlineData("i.csv", "user,item,at\r\n1,2,5\r\n")]
    [InlineData("i.tsv", "user\titem\tat\n1\t2\t5\n")]
    [InlineData("i.jsonl", "{\"user\":1,\"item\":\"2\",\"at\":5}\n\n")]
    [InlineData("i.ndjson", "\uFEFF{\"at\":\"5\",\"user\":\"1\",\"item\":2}")]
    [InlineData("i", "user,item,at\n1,2,5")]
    [InlineData("i.txt", "user\titem\tat\n1\t2\t5")]
    [InlineData("i.data", "  {\"user\":1,\"item\":2,\"at\":5}")]
    [InlineData("i.csv", "\uFEFFuser,item,at\n\n\"1\",\"2\",\"5\"\n\n")]
    public void Every_format_gives_the_same_rows_plain_and_packed(string name, string text)
    {
        var expected = new Interaction(1, new ItemId(2), InteractionKind.Purchase, DateTimeOffset.FromUnixTimeSeconds(5));

        Assert.Equal(expected, Assert.Single(Read(_folder.Write(name, text))));
        Assert.Equal(expected, Assert.Single(Read(_folder.WriteGzip(name + ".gz", text))));
        Assert.Equal(expected, Assert.Single(Read(_folder.WriteGzip("unnamed-" + name, text))));
    }

    [Fact]
    public void Ids_may_be_of_any_script_and_4_KB_long()
    {
        string[] ids = ["客户", "клиент", "🛒🎁", "a,b", "say \"hi\"", "two\nlines", new string('长', 1365), "007", "9223372036854775807", "-5", "12345678901234567890"];
        string text = "user,item\n" + string.Concat(ids.Select(id => $"\"{id.Replace("\"", "\"\"", StringComparison.Ordinal)}\",1\n"));
        string lines = string.Concat(ids.Select(id => $"{{\"user\":{System.Text.Json.JsonSerializer.Serialize(id)},\"item\":1}}\n"));

        Assert.Equal(ids, Read(_folder.Write("i.csv", text)).Select(i => i.User.ToString()));
        Assert.Equal(ids, Read(_folder.Write("i.jsonl", lines)).Select(i => i.User.ToString()));
    }

    [Fact]
    public void Other_header_names_are_mapped_and_the_rest_ignored()
    {
        string path = _folder.Write("t.csv", "household_id,store,product_id,quantity,transaction_timestamp\n9,1,42,3,2017-01-01T07:30:27\n");
        var options = new InteractionReadOptions { Mapping = Map("user=household_id, item=product_id,at=transaction_timestamp"), Zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York") };

        Interaction interaction = Assert.Single(Read(path, options));

        Assert.Equal((new UserId(9), new ItemId(42), 1.0), (interaction.User, interaction.Item, interaction.Value));
        Assert.Equal(new DateTimeOffset(2017, 1, 1, 7, 30, 27, TimeSpan.FromHours(-5)), interaction.At);
    }

    [Fact]
    public void A_mapping_can_switch_a_column_off()
    {
        string path = _folder.Write("t.csv", "user,item,value\n1,2,not-a-number\n");

        Assert.Equal(1.0, Assert.Single(Read(path, new() { Mapping = Map("value=") })).Value);
    }

    [Fact]
    public void Since_is_inclusive_and_until_exclusive_and_rows_without_a_time_are_left_out()
    {
        string path = _folder.Write("i.csv", "user,item,at\n1,1,99\n2,1,100\n3,1,199\n4,1,200\n5,1,\n");

        Interaction[] read = Read(path, new() { Since = DateTimeOffset.FromUnixTimeSeconds(100), Until = DateTimeOffset.FromUnixTimeSeconds(200) });

        Assert.Equal(["2", "3"], read.Select(i => i.User.ToString()));
    }

    [Fact]
    public void The_item_column_names_offers_when_asked_for_unless_there_is_an_offer_column()
    {
        var options = new InteractionReadOptions { ItemsAreOffers = true };

        Assert.Equal(new OfferId(5), Assert.Single(Read(_folder.Write("a.csv", "user,item\n1,5\n"), options)).Offer);
        Assert.Equal(new ItemId(5), Assert.Single(Read(_folder.Write("b.csv", "user,item,offer\n1,5,6\n"), options)).Item);
    }

    [Theory]
    [InlineData("", "the file is empty. Expected a header such as user,item,kind,value,at")]
    [InlineData(" \n\n", "the file is empty.")]
    [InlineData("user,item\n", "the file has a header but no rows.")]
    [InlineData("user,itm\n1,2\n", "line 1: there is no column 'itm' in a file of interactions. Did you mean 'item'? The columns are user, item, kind, value, at, offer, event.")]
    [InlineData("user;item\n1;2\n", "The fields seem to have semicolons between them; commas were expected.")]
    [InlineData("user,item,price\n1,2,3\n", "there is no column 'price'")]
    [InlineData("user,user,item\n1,1,2\n", "column 'user' stands in the header twice.")]
    [InlineData("item,at\n1,2\n", "the header has no column 'user'.")]
    [InlineData("user,at\n1,2\n", "the header has no column 'item'.")]
    [InlineData("user,item\n1,2\n1\n", "line 3: the row has 1 field, but the header has 2 fields.")]
    [InlineData("user,item\n1,2,3\n", "line 2: the row has 3 fields, but the header has 2 fields.")]
    [InlineData("user,item\n,2\n", "line 2, column 'user': the id is empty.")]
    [InlineData("user,item\n1, \n", "line 2, column 'item': the row names no item and no offer.")]
    [InlineData("user,item,value\n1,2,NaN\n", "line 2, column 'value': 'NaN' is not a finite number. Expected one such as 1 or 2.5.")]
    [InlineData("user,item,value\n1,2,Infinity\n", "'Infinity' is not a finite number.")]
    [InlineData("user,item,value\n1,2,-Infinity\n", "'-Infinity' is not a finite number.")]
    [InlineData("user,item,value\n1,2,1e999\n", "'1e999' is not a finite number.")]
    [InlineData("user,item,value\n1,2,\"1,5\"\n", "'1,5' is not a finite number.")]
    [InlineData("user,item,kind\n1,2,buy now\n", "line 2, column 'kind': 'buy now' cannot be a kind.")]
    [InlineData("user,item,at\n1,2,yesterday\n", "line 2, column 'at': 'yesterday' is not a time. Expected ISO 8601")]
    [InlineData("user,item\n1,2\n\"1,2\n", "line 3: a quote that opens a field is never closed.")]
    [InlineData("user,item\n1,2\n1,a\"b\n", "line 3: there is a quote inside a field that does not start with one.")]
    [InlineData("user,item\n1,\"a\"b\n", "line 2: there is text after the closing quote of a field.")]
    [InlineData("user,item\n1,a\0b\n", "line 2: a zero byte was found, so this is not a text file.")]
    [InlineData("PK\u0003\u0004....", "this is a zip archive or a spreadsheet.")]
    public void A_bad_csv_file_is_refused_with_the_place_and_what_to_do(string text, string expected) => Refused(_folder.Write("bad.csv", text), expected);

    [Theory]
    [InlineData("{\"user\":1,\"item\":2}\n{\"user\":1,\"item\":2", "line 2: the line is not valid JSON")]
    [InlineData("[1,2]", "line 1: the line is not a JSON object.")]
    [InlineData("{\"user\":1,\"itme\":2}", "line 1: there is no column 'itme' in a file of interactions. Did you mean 'item'?")]
    [InlineData("{\"user\":1,\"item\":{\"id\":2}}", "line 1, column 'item': the value is not text, a number, true, false or a list of them.")]
    [InlineData("{\"user\":1,\"item\":2} x", "line 1: the line is not valid JSON")]
    [InlineData("{\"user\":\"\\ud800\",\"item\":2}", "line 1: the line is not valid JSON")]
    [InlineData("{\"item\":2}", "line 1, column 'user': the id is empty.")]
    [InlineData("{\"user\":1,\"item\":2,\"value\":1e999}", "'1e999' is not a finite number.")]
    public void A_bad_json_lines_file_is_refused_with_the_line(string text, string expected) => Refused(_folder.Write("bad.jsonl", text), expected);

    [Fact]
    public void Bytes_that_are_not_utf_8_are_refused_with_the_line()
    {
        byte[] latin1 = Encoding.Latin1.GetBytes("user,item\n1,apple\n2,café,\n");

        Refused(_folder.Write("latin.csv", latin1), "latin.csv, line 3: byte 0xE9 is not valid UTF-8 here. Save the file as UTF-8.");
        Refused(_folder.Write("utf16.csv", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("user,item\n1,2\n")).ToArray()), "the file is UTF-16, but UTF-8 was expected.");
        Refused(_folder.Write("cut.csv", [.. "user,item\n1,"u8, 0xE5, 0xAE]), "line 2: byte 0xE5 is not valid UTF-8");
    }

    [Fact]
    public void Characters_that_lie_across_read_blocks_stay_whole()
    {
        // The filler moves the character over every position around the end of a block of 64 KiB.
        for (int filler = (64 * 1024) - 24; filler < 64 * 1024; filler++)
        {
            string text = $"user,item\n1,{new string('x', 12_000)}\n{string.Concat(Enumerable.Repeat("1,2\n", (filler - 12_100) / 4))}{new string('\n', filler % 4)}1,🎁🎁🎁🎁\n";

            Assert.Equal("🎁🎁🎁🎁", Read(_folder.Write("i.csv", text))[^1].Item.ToString());
        }
    }

    [Fact]
    public void A_gzip_file_that_was_cut_in_half_is_refused_with_the_line()
    {
        var text = new StringBuilder("user,item\n");
        for (int i = 0; i < 50_000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i},{i * 7919 % 10_007}\n");
        }

        byte[] packed = TemporaryFolder.Gzip(text.ToString());
        InputException fault = Refused(_folder.Write("cut.csv.gz", packed[..(packed.Length / 2)]), "the gzip data is damaged or was cut off here. Copy the file again");
        Assert.InRange(fault.Line ?? 0, 2, 50_000);

        Refused(_folder.Write("tiny.csv.gz", packed[..5]), "the gzip data is damaged or was cut off here.");
        Refused(_folder.Write("empty.csv.gz", TemporaryFolder.Gzip(string.Empty)), "the file is empty.");
    }

    [Fact]
    public void A_quote_that_is_never_closed_does_not_swallow_a_large_file()
    {
        string text = "user,item\n1,2\n1,\"x\n" + string.Concat(Enumerable.Repeat("1,2\n", 2_000_000));

        Refused(_folder.Write("big.csv", text), "probably a quote that opens a field is never closed.");
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_refused()
    {
        Refused(_folder["none.csv"], "there is no such file. Check the path.");
        Refused(_folder.Root, "this is a folder, but a file was expected.");
    }

    [Fact]
    public void An_id_may_not_be_longer_than_16384_characters() =>
        Refused(_folder.Write("long.csv", $"user,item\n1,{new string('x', 16_385)}\n"), "column 'item': the id has 16,385 characters, but at most 16,384 are possible.");

    [Fact]
    public void Bad_rows_are_left_out_and_reported_one_by_one()
    {
        string path = _folder.Write("i.csv", "user,item,value\n1,2,1\n1,2,x\n1,2\n3,4,1\n");

        Interaction[] read = Read(path, skipBad: 2);

        Assert.Equal(["1", "3"], read.Select(i => i.User.ToString()));
        Assert.Collection(
            _warnings,
            w => Assert.EndsWith("i.csv, line 3, column 'value': 'x' is not a finite number. Expected one such as 1 or 2.5.", w, StringComparison.Ordinal),
            w => Assert.EndsWith("i.csv, line 4: the row has 2 fields, but the header has 3 fields.", w, StringComparison.Ordinal));
    }

    [Fact]
    public void Bad_quotes_and_bad_json_can_be_left_out_too()
    {
        Assert.Equal(["1", "3"], Read(_folder.Write("i.csv", "user,item\n1,2\n1,a\"b\n3,4\n"), skipBad: 1).Select(i => i.User.ToString()));
        Assert.Equal(["1", "3"], Read(_folder.Write("i.jsonl", "{\"user\":1,\"item\":2}\n{\"user\":\n{\"user\":3,\"item\":4}\n"), skipBad: 1).Select(i => i.User.ToString()));
    }

    [Fact]
    public void One_bad_row_too_many_ends_the_reading_and_says_so()
    {
        string path = _folder.Write("i.csv", "user,item,value\n1,2,x\n1,2,y\n1,2,z\n");

        InputException fault = Assert.Throws<InputException>(() => Read(path, skipBad: 2));

        Assert.Equal((4, "value"), (fault.Line, fault.Column));
        Assert.EndsWith("That is one bad row more than the 2 that --skip-bad allows.", fault.Message, StringComparison.Ordinal);
        Assert.Contains("leave bad rows out with --skip-bad N", Assert.Throws<InputException>(() => Read(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("user:household", "'user:household' is not of the form NAME=HEADER")]
    [InlineData("usr=household", "there is no column 'usr' to map. Did you mean 'user'?")]
    [InlineData("user=a,user=b", "column 'user' is mapped twice.")]
    public void A_bad_mapping_is_a_usage_error(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<UsageException>(() => Map(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_mapped_header_that_is_missing_is_refused() =>
        Refused(_folder.Write("t.csv", "household,product\n1,2\n"), "the header has no column 'houshold', which was mapped to 'user'. Did you mean 'household'? It has household, product.", new() { Mapping = Map("user=houshold,item=product") });

    private static ColumnMapping Map(string text) => ColumnMapping.Parse(text, InteractionReader.Columns, "--columns");

    private Interaction[] Read(string path, InteractionReadOptions? options = null, int skipBad = 0)
    {
        using InteractionReader reader = InteractionReader.Open(path, options ?? new(), new BadRows(skipBad, _warnings.Add));
        return [.. reader.ReadAll(TestContext.Current.CancellationToken)];
    }

    private InputException Refused(string path, string expected, InteractionReadOptions? options = null)
    {
        InputException fault = Assert.Throws<InputException>(() => Read(path, options));
        Assert.StartsWith(path, fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        return fault;
    }
}
