using System.Text;
using System.Text.Json;

namespace PromoRec.Cli.Tests.Commands;

public sealed class RefusalTests(SimulatedShop shop) : IClassFixture<SimulatedShop>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("error: no command was given. The commands are fit, evaluate, compare, tune, rank, similar, inspect, import, simulate, plan, policy, demo.")]
    [InlineData("error: no command was given.", "--json")]
    [InlineData("--out needs the path of a file, but is empty.", "fit", "--interactions", "x", "--out", "")]
    [InlineData("--interactions needs the path of a file, but is empty.", "fit", "--interactions", " ", "--out", "y")]
    [InlineData("--out needs the path of a folder, but is empty.", "simulate", "--out", "")]
    [InlineData("FILE needs the path of a file, but is empty.", "inspect", "")]
    [InlineData("--out is the file of --interactions, which the model would replace. Name another file.", "fit", "--interactions", "x", "--out", "./x")]
    [InlineData("--out is the file of FILE, which the model would replace. Name another file.", "import", "TEST", "--out", "TEST")]
    [InlineData("model.safetensors in the folder of --out is the file of --interactions, which the model would replace.", "demo", "--interactions", "y/model.safetensors", "--offers", "OFFERS", "--out", "y")]
    [InlineData("--per-user is the file of --test, which the metrics would replace. Name another file.", "evaluate", "--test", "TEST", "--model", "x", "--per-user", "TEST")]
    [InlineData("--columns is about the file of --train. For the test file there is --test-columns.", "evaluate", "--test", "TEST", "--model", "x", "--columns", "user=a")]
    [InlineData("--weights has no effect on a trained model.", "evaluate", "--test", "TEST", "--model", "x", "--weights", "view=1")]
    [InlineData("error: Option '--interactions' is required.", "fit")]
    [InlineData("Did you mean", "fti")]
    [InlineData("--factors must be a whole number from 1 to 1,024, but is '0'.", "fit", "--interactions", "x", "--out", "y", "--factors", "0")]
    [InlineData("--regularization must be a number above 0, but is 'NaN'.", "fit", "--interactions", "x", "--out", "y", "--regularization", "NaN")]
    [InlineData("--alpha must be a number above 0, but is 'Infinity'.", "fit", "--interactions", "x", "--out", "y", "--alpha", "Infinity")]
    [InlineData("--regularization-exponent must be from 0 to 2, but is 3.", "fit", "--interactions", "x", "--out", "y", "--regularization-exponent", "3")]
    [InlineData("--solver must be one of cg, cholesky, but is 'cholseky'. Did you mean 'cholesky'?", "fit", "--interactions", "x", "--out", "y", "--solver", "cholseky")]
    [InlineData("--seed must be a whole number of 0 or above, but is '-1'.", "fit", "--interactions", "x", "--out", "y", "--seed", "-1")]
    [InlineData("--until: 'soon' is not a time.", "fit", "--interactions", "x", "--out", "y", "--until", "soon")]
    [InlineData("--until must be later than --since.", "fit", "--interactions", "x", "--out", "y", "--since", "2026-02-01", "--until", "2026-01-01")]
    [InlineData("there is no time zone 'Europe/Atlantis'", "fit", "--interactions", "x", "--out", "y", "--time-zone", "Europe/Atlantis")]
    [InlineData("--columns: there is no column 'usr' to map. Did you mean 'user'?", "fit", "--interactions", "x", "--out", "y", "--columns", "usr=a")]
    [InlineData("--weights: 'view' is not of the form KIND=X", "fit", "--interactions", "x", "--out", "y", "--weights", "view")]
    [InlineData("either --model or --train is needed, and not both.", "evaluate", "--test", "TEST")]
    [InlineData("--factors has no effect on a trained model.", "evaluate", "--test", "TEST", "--model", "x", "--factors", "3")]
    [InlineData("--metrics: ", "evaluate", "--test", "x", "--model", "x", "--metrics", "hr@ten")]
    [InlineData("--user: this cannot be an id.", "rank", "--model", "x", "--user", " ")]
    [InlineData("--interactions and --offers belong together.", "demo", "--interactions", "x", "--out", "y")]
    public void A_wrong_command_line_is_refused_with_code_2(string message, params string[] args)
    {
        string test = _folder.Write("test.csv", "user,item\n1,2\n");
        CommandResult result = Tool.Run([.. args.Select(arg => arg == "TEST" ? test : arg == "OFFERS" ? shop.Offers : arg)]).FailedWith(ExitCode.Usage, message);
        Assert.Contains("--help'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_and_version_succeed()
    {
        Assert.Contains("promorec [command]", Tool.Run("--help").Succeeded().Output, StringComparison.Ordinal);
        Assert.Contains("promorec fit", Tool.Run("fit", "--help").Succeeded().Output, StringComparison.Ordinal);
        Assert.Matches(@"^\d+\.\d+\.\d+", Tool.Run("--version").Succeeded().Output);
    }

    [Fact]
    public void A_bad_interactions_file_is_refused_with_code_3_and_no_model_is_left()
    {
        string file = _folder.Write("i.csv", "user,item,value\n1,2,1\n1,3,NaN\n");

        Tool.Run("fit", "--interactions", file, "--out", _folder["m"]).FailedWith(ExitCode.BadInput, "i.csv, line 3, column 'value': 'NaN' is not a finite number.");

        Assert.Equal(["i.csv"], _folder.Files());
        Tool.Run("fit", "--interactions", file, "--out", _folder["m"], "--skip-bad", "1", "--factors", "2").Succeeded();
    }

    [Fact]
    public void A_kind_without_a_weight_is_refused_until_it_gets_one()
    {
        string file = _folder.Write("i.csv", "user,item,kind\n1,2,wishlist\n");
        string[] args = ["fit", "--interactions", file, "--out", _folder["m"], "--factors", "2"];

        Tool.Run(args).FailedWith(ExitCode.BadInput, "line 2, column 'kind': the kind 'wishlist' has no weight. Give it one, such as --weights wishlist=0.5");
        Tool.Run([.. args, "--weights", "wishlist=0.5"]).Succeeded();
    }

    [Fact]
    public void Interactions_that_say_nothing_about_taste_are_refused() =>
        Tool.Run("fit", "--interactions", _folder.Write("i.csv", "user,item,kind\n1,2,impression\n"), "--out", _folder["m"])
            .FailedWith(ExitCode.BadInput, "no interaction says anything about taste");

    [Fact]
    public void Options_about_offers_are_refused_where_no_offers_are_named() =>
        Tool.Run("rank", "--model", shop.Model, "--user", "1", "--items", shop.Items).FailedWith(ExitCode.Usage, "--items has no effect without --offers. Name the offers, or leave it out.");

    [Fact]
    public void A_value_beyond_what_a_dataset_can_add_up_is_refused_at_its_place() =>
        Tool.Run("fit", "--interactions", _folder.Write("i.csv", "user,item,value\n1,2,-1e300\n"), "--out", _folder["m"])
            .FailedWith(ExitCode.BadInput, "i.csv, line 2, column 'value': '-1e300' is too large. Expected a number from -1E30 to 1E30.");

    [Fact]
    public void Evidence_that_adds_up_beyond_a_dataset_names_the_file()
    {
        string file = _folder.Write("i.csv", $"user,item,value\n{string.Concat(Enumerable.Repeat("1,2,1e30\n", 400))}");

        Tool.Run("fit", "--interactions", file, "--weights", "purchase=1000000", "--out", _folder["m"]).FailedWith(ExitCode.BadInput, $"error: {file}: What a customer did with an item comes to ");
    }

    [Theory]
    [InlineData("2999-01-01", true)]
    [InlineData("2020-01-01", false)]
    public void A_time_in_the_future_is_pointed_out(string at, bool warned)
    {
        string file = _folder.Write("i.csv", $"user,item,at\n1,2,{at}\n1,3,2020-01-01\n");

        CommandResult fit = Tool.Run("fit", "--interactions", file, "--out", _folder["m"], "--factors", "2").Succeeded();

        Assert.Equal(warned, fit.Error.Contains($"warning: {file}: the last interaction is of 2999-01-01, which is in the future.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_column_is_mapped_by_the_option_of_its_own_file()
    {
        string other = _folder.Write("other.csv", "usr,item\n1,2\n");
        string offers = _folder.Write("offers.csv", "id,form,zork\na,cash-off,1\n");
        string items = _folder.Write("items.csv", "id,department\na,b\n");
        string semicolons = _folder.Write("semicolons.csv", "user;item\n1;2\n");

        Tool.Run("fit", "--interactions", other, "--out", _folder["m"]).FailedWith(ExitCode.BadInput, "such as --columns user=usr.");
        Tool.Run("evaluate", "--model", shop.Model, "--test", other).FailedWith(ExitCode.BadInput, "such as --test-columns user=usr.");
        Tool.Run("rank", "--model", shop.Model, "--user", "1", "--offers", shop.Offers, "--items", items).FailedWith(ExitCode.BadInput, "such as --items-columns id=department.");
        Assert.DoesNotContain("map", Tool.Run("rank", "--model", shop.Model, "--user", "1", "--offers", offers).FailedWith(ExitCode.BadInput, "there is no column 'zork' in a file of offers.").Error, StringComparison.Ordinal);
        Assert.DoesNotContain("map", Tool.Run("fit", "--interactions", semicolons, "--out", _folder["m"]).FailedWith(ExitCode.BadInput, "commas were expected.").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_fault_of_a_model_file_is_told_once()
    {
        string text = _folder.Write("notes.txt", "user,item\n1,2\n and more text, so that it is longer than any header");

        string error = Tool.Run("inspect", text).FailedWith(ExitCode.BadModel, $"error: {text}: byte 0: ").Error;

        Assert.Equal(1, error.Split("notes.txt").Length - 1);
        Assert.Equal(1, error.Split("byte 0").Length - 1);
        Tool.Run("import", _folder["none.npz"], "--out", _folder["m"]).FailedWith(ExitCode.BadModel, "Check the path, or name a .npz or safetensors file.");
    }

    [Theory]
    [InlineData("one user and one item", "user,item\n1,1\n")]
    [InlineData("one user", "user,item\n1,1\n1,2\n1,3\n")]
    [InlineData("one item", "user,item\n1,1\n2,1\n3,1\n")]
    [InlineData("a user with everything", "user,item\n1,1\n1,2\n1,3\n2,1\n")]
    [InlineData("ids in any script", "user,item\n客户,🍎\nклиент,🍎\n客户,苹果\n")]
    public void The_smallest_shops_train_rank_and_evaluate(string what, string text)
    {
        string file = _folder.Write("i.csv", text);
        string user = text.Split('\n')[1].Split(',')[0];
        string item = text.Split('\n')[1].Split(',')[1];
        string offers = _folder.Write("o.csv", $"id,form,value,targets\na,cash-off,1,item:{item}\nb,cash-off,1,shop\n");

        Tool.Run("fit", "--interactions", file, "--factors", "4", "--out", _folder["m"]).Succeeded();
        JsonElement ranked = Tool.Run("rank", "--model", _folder["m"], "--user", user, "--keep-consumed", "--explain", "--json").Succeeded().Json;
        JsonElement offered = Tool.Run("rank", "--model", _folder["m"], "--user", user, "--offers", offers, "--keep-consumed", "--explain", "--json").Succeeded().Json;
        JsonElement measured = Tool.Run("evaluate", "--model", _folder["m"], "--test", file, "--keep-consumed", "--metrics", "hr@10", "--json").Succeeded().Json;
        Tool.Run("similar", "--model", _folder["m"], "--item", item).Succeeded();

        Assert.True(ranked.GetProperty("ranking").GetArrayLength() > 0, what);
        Assert.Equal(2, offered.GetProperty("ranking").GetArrayLength());
        Assert.Equal(1, measured.GetProperty("metrics").GetProperty("hr@10").GetDouble());
    }

    [Fact]
    public void A_user_with_everything_and_nothing_left_to_show_gets_an_empty_ranking()
    {
        Tool.Run("fit", "--interactions", _folder.Write("i.csv", "user,item\n1,1\n1,2\n2,1\n"), "--factors", "4", "--out", _folder["m"]).Succeeded();

        Assert.Equal(0, Tool.Run("rank", "--model", _folder["m"], "--user", "1", "--json").Succeeded().Json.GetProperty("ranking").GetArrayLength());
        Assert.Contains("the customer has every item that the model knows.", Tool.Run("rank", "--model", _folder["m"], "--user", "1").Succeeded().Output, StringComparison.Ordinal);
        CommandResult evaluated = Tool.Run("evaluate", "--model", _folder["m"], "--test", _folder["i.csv"]).FailedWith(ExitCode.BadInput, $"error: {_folder["i.csv"]}: None of the ");
        Assert.Contains("--keep-consumed", evaluated.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inspect")]
    [InlineData("rank")]
    [InlineData("similar")]
    [InlineData("evaluate")]
    public void A_file_that_is_no_model_is_refused_with_code_4(string command)
    {
        string test = _folder.Write("test.csv", "user,item\n1,2\n");
        string text = _folder.Write("notes.txt", "user,item\n1,2\n and more text, so that it is longer than any header");
        string cut = _folder.Write("cut", File.ReadAllBytes(shop.Model)[..1000]);
        string half = _folder.Write("half", File.ReadAllBytes(shop.Model)[..(int)(new FileInfo(shop.Model).Length / 2)]);
        string empty = _folder.Write("empty", string.Empty);

        foreach (string path in new[] { text, cut, half, empty, _folder["none"], _folder.Root })
        {
            CommandResult result = Tool.Run(command switch
            {
                "inspect" => ["inspect", path],
                "rank" => ["rank", "--model", path, "--user", "1"],
                "similar" => ["similar", "--model", path, "--item", "1"],
                _ => ["evaluate", "--model", path, "--test", test],
            });
            result.FailedWith(ExitCode.BadModel, path);
        }

        Tool.Run("rank", "--model", _folder["none"], "--user", "1").FailedWith(ExitCode.BadModel, "there is no such file.");
    }

    [Fact]
    public void A_flipped_byte_is_found_by_inspect_and_refused_by_rank()
    {
        byte[] bytes = File.ReadAllBytes(shop.Model);
        bytes[bytes.Length / 2] ^= 1;
        string damaged = _folder.Write("damaged", bytes);

        CommandResult inspected = Tool.Run("inspect", damaged);
        Assert.Equal(ExitCode.BadModel, inspected.ExitCode);
        Assert.Contains("differs", inspected.Output, StringComparison.Ordinal);
        Assert.Contains("the checksum differs, so the file is damaged.", inspected.Error, StringComparison.Ordinal);
        Tool.Run("rank", "--model", damaged, "--user", "1").FailedWith(ExitCode.BadModel, damaged);
    }

    [Fact]
    public void Import_refuses_what_holds_no_factors_and_leaves_nothing()
    {
        string text = _folder.Write("factors.npz", "not a zip");

        Tool.Run("import", text, "--out", _folder["m"]).FailedWith(ExitCode.BadModel, text);
        Assert.Equal(["factors.npz"], _folder.Files());
    }

    [Fact]
    public void An_output_that_cannot_be_written_is_refused_before_training()
    {
        string file = _folder.Write("file", "x");
        string underFile = Path.Combine(file, "m");

        CommandResult fit = Tool.Run("fit", "--interactions", shop.Interactions, "--out", underFile).FailedWith(ExitCode.OutputFailed, $"'{file}' is a file, not a folder. Choose another place.");
        Assert.DoesNotContain("iteration", fit.Error, StringComparison.Ordinal);
        Tool.Run("fit", "--interactions", shop.Interactions, "--out", _folder["no/such/m"]).FailedWith(ExitCode.OutputFailed, "Create it, or choose another place.");
        Tool.Run("fit", "--interactions", shop.Interactions, "--out", _folder.Root).FailedWith(ExitCode.OutputFailed, "this is a folder. Name a file to write.");
        Tool.Run("import", shop.Model, "--out", underFile).FailedWith(ExitCode.OutputFailed, underFile);
        Tool.Run("simulate", "--out", underFile).FailedWith(ExitCode.OutputFailed, underFile);
        Tool.Run("demo", "--out", underFile).FailedWith(ExitCode.OutputFailed, underFile);
        Tool.Run("evaluate", "--model", shop.Model, "--test", shop.Interactions, "--per-user", underFile).FailedWith(ExitCode.OutputFailed, underFile);
        Tool.Run("simulate", "--out", file).FailedWith(ExitCode.OutputFailed, "this is a file, but a folder was expected. Choose another place.");
        Assert.Equal(["file"], _folder.Files());
    }

    [Fact]
    public void A_folder_of_the_system_takes_no_files_and_the_message_names_no_temporary_one()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs /proc.");

        string fit = Tool.Run("fit", "--interactions", shop.Interactions, "--out", "/proc/m").FailedWith(ExitCode.OutputFailed, "/proc/m: no file can be made in '/proc'").Error;
        string simulate = Tool.Run("simulate", "--out", "/proc/shop").FailedWith(ExitCode.OutputFailed, "/proc/shop: the folder cannot be made").Error;

        Assert.DoesNotContain(".tmp", fit + simulate, StringComparison.Ordinal);
        Assert.Contains("or choose another place.", fit, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelling_ends_with_130_and_leaves_nothing()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Tool.Run(stop.Token, "fit", "--interactions", shop.Interactions, "--out", _folder["m"]).FailedWith(ExitCode.Cancelled, "Cancelled");
        Tool.Run(stop.Token, "simulate", "--out", _folder["sim"]).FailedWith(ExitCode.Cancelled, "Cancelled");

        Assert.DoesNotContain(_folder.Files(), file => file.Contains("tmp", StringComparison.Ordinal) || file.EndsWith('m'));
    }

    [Fact]
    public void Test_files_must_hold_something_that_counts()
    {
        string views = _folder.Write("views.csv", "user,item,kind\n1,2,view\n");
        string none = _folder.Write("none.csv", "user,item\n");
        string other = _folder.Write("other.csv", "user,offer,kind\n1,elsewhere,redeem\n");

        Tool.Run("evaluate", "--model", shop.Model, "--test", views).FailedWith(ExitCode.BadInput, "no row counts: its kinds are view, but purchase, rating, redeem were looked for. Say which ones count with --test-kinds.");
        Tool.Run("evaluate", "--model", shop.Model, "--test", views, "--test-kinds", "view").Succeeded();
        Tool.Run("evaluate", "--model", shop.Model, "--test", none).FailedWith(ExitCode.BadInput, "the file has a header but no rows.");
        Tool.Run("evaluate", "--model", shop.Model, "--test", other, "--offers", shop.Offers, "--items", shop.Items).FailedWith(ExitCode.BadInput, "no row names an offer of the offers file.");
        Tool.Run("evaluate", "--model", shop.Model, "--test", shop.Interactions, "--test-since", "2030-01-01").FailedWith(ExitCode.BadInput, "lie outside the time that was asked for.");
    }

    [Fact]
    public void Offers_for_categories_need_the_items_file()
    {
        string offers = _folder.Write("o.csv", "id,form,value,targets\na,cash-off,1,category:none\n");

        CommandResult result = Tool.Run("rank", "--model", shop.Model, "--user", "c000001", "--offers", offers).Succeeded();

        Assert.Contains("warning: 1 offer aims at categories or brands that no item has", result.Error, StringComparison.Ordinal);
        Assert.Contains("Name the items with --items FILE.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_item_that_the_model_does_not_know_is_refused() =>
        Tool.Run("similar", "--model", shop.Model, "--item", "I00001").FailedWith(ExitCode.BadInput, "the model does not know the item 'I00001'. Check the id; ids are case-sensitive.");

    [Fact]
    public void A_truncated_gzip_file_ends_training_before_it_begins()
    {
        var text = new StringBuilder("user,item\n");
        for (int i = 0; i < 20_000; i++)
        {
            text.Append(i % 997).Append(',').Append(i % 613).Append('\n');
        }

        byte[] packed = TemporaryFolder.Gzip(text.ToString());
        string file = _folder.Write("i.csv.gz", packed[..(packed.Length / 2)]);

        Tool.Run("fit", "--interactions", file, "--out", _folder["m"]).FailedWith(ExitCode.BadInput, "the gzip data is damaged or was cut off here.");
        Assert.Equal(["i.csv.gz"], _folder.Files());
    }
}
