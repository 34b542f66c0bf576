using System.Text.Json;

namespace PromoRec.Cli.Tests.Commands;

public sealed class EndToEndTests(SimulatedShop shop) : IClassFixture<SimulatedShop>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fit_reports_times_memory_and_loss()
    {
        JsonElement fit = shop.Fit.Json;

        Assert.True(fit.GetProperty("seconds").GetDouble() > 0);
        Assert.Equal(4, fit.GetProperty("iterationSeconds").GetArrayLength());
        Assert.True(fit.GetProperty("peakBytes").GetInt64() > 1_000_000);
        Assert.True(fit.GetProperty("loss").GetDouble() > 0);
        Assert.Equal(8, fit.GetProperty("factors").GetInt32());
        Assert.Contains("iteration 4 of 4", shop.Fit.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("\r", shop.Fit.Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", shop.Fit.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_option_the_loss_is_null_and_equal_seeds_give_equal_models()
    {
        string[] args = ["fit", "--interactions", shop.Interactions, "--until", SimulatedShop.Cut, "--factors", "8", "--iterations", "4", "--json", "--out", _folder["m"]];
        JsonElement two = Tool.Run([.. args, "--threads", "2"]).Succeeded().Json;
        byte[] bytes = File.ReadAllBytes(_folder["m"]);
        Tool.Run([.. args, "--threads", "1"]).Succeeded();

        Assert.Equal(JsonValueKind.Null, two.GetProperty("loss").ValueKind);
        Assert.Equal(shop.Fit.Json.GetProperty("users").GetInt32(), two.GetProperty("users").GetInt32());
        Assert.Equal(bytes, File.ReadAllBytes(_folder["m"]));
        Assert.Equal(["m"], _folder.Files());
    }

    [Fact]
    public void A_model_beats_popularity_on_what_customers_bought_later()
    {
        JsonElement report = Tool.Run(
            "evaluate", "--model", shop.Model, "--test", shop.Interactions, "--test-since", SimulatedShop.Cut, "--metrics", "hr@10,ndcg@10,recall@20,auc,coverage@10",
            "--keep-consumed", "--popularity", "--per-user", _folder["users.csv"], "--json").Succeeded().Json;

        Assert.Equal("full-catalog", report.GetProperty("protocol").GetString());
        double model = report.GetProperty("metrics").GetProperty("ndcg@10").GetDouble();
        Assert.InRange(model, report.GetProperty("popularity").GetProperty("ndcg@10").GetDouble() + 0.02, 1);
        JsonElement interval = report.GetProperty("confidenceIntervals").GetProperty("ndcg@10");
        Assert.InRange(model, interval[0].GetDouble(), interval[1].GetDouble());

        string[] lines = File.ReadAllLines(_folder["users.csv"]);
        Assert.Equal("user,known,relevant,hr@10,ndcg@10,recall@20,auc", lines[0]);
        Assert.Equal(report.GetProperty("users").GetInt32(), lines.Length - 1);
        double[] ndcg = [.. lines.Skip(1).Select(line => double.Parse(line.Split(',')[4], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(model, ndcg.Average(), 1e-9);
    }

    [Fact]
    public void Training_first_gives_the_same_figures_as_a_saved_model()
    {
        string[] test = ["--test", shop.Interactions, "--test-since", SimulatedShop.Cut, "--metrics", "ndcg@10", "--json"];
        JsonElement saved = Tool.Run(["evaluate", "--model", shop.Model, .. test]).Succeeded().Json;
        JsonElement trained = Tool.Run(["evaluate", "--train", shop.Interactions, "--until", SimulatedShop.Cut, "--factors", "8", "--iterations", "4", .. test]).Succeeded().Json;

        Assert.Equal(saved.GetProperty("metrics").GetRawText(), trained.GetProperty("metrics").GetRawText());
        Assert.Equal(4, trained.GetProperty("training").GetProperty("iterationSeconds").GetArrayLength());
    }

    [Fact]
    public void Training_on_what_comes_after_the_test_began_is_told()
    {
        string train = _folder.Write("train.csv", "user,item,at\na,x,2026-01-01\na,y,2026-03-01\nb,x,2026-01-05\n");
        string test = _folder.Write("test.csv", "user,item,at\nb,y,2026-02-01\n");
        string[] evaluate = ["evaluate", "--train", train, "--test", test, "--factors", "2", "--metrics", "hr@1", "--json"];

        Assert.Contains("warning: the training data goes on until 2026-03-01 00:00, but the test begins at 2026-02-01 00:00", Tool.Run(evaluate).Succeeded().Error, StringComparison.Ordinal);
        Assert.DoesNotContain("has seen the future", Tool.Run([.. evaluate, "--until", "2026-02-01"]).Succeeded().Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Candidates_restrict_what_is_ranked()
    {
        string test = _folder.Write("test.csv", "user,item\nc000001,i00001\nc000002,i00002\n");
        string candidates = _folder.Write("candidates.csv", "user,item\nc000001,i00001\nc000002,i00002\n");

        JsonElement report = Tool.Run("evaluate", "--model", shop.Model, "--test", test, "--candidates", candidates, "--metrics", "hr@1", "--json").Succeeded().Json;

        Assert.Equal(1, report.GetProperty("metrics").GetProperty("hr@1").GetDouble());
        Assert.Equal("candidates", report.GetProperty("protocol").GetString());
    }

    [Fact]
    public void Offers_are_ranked_with_reasons_and_what_was_left_out()
    {
        string[] args = ["rank", "--model", shop.Model, "--user", "c000001", "--offers", shop.Offers, "--items", shop.Items, "--at", SimulatedShop.Cut, "--top", "3", "--keep-consumed"];
        JsonElement report = Tool.Run([.. args, "--explain", "--json"]).Succeeded().Json;
        CommandResult text = Tool.Run([.. args, "--explain"]).Succeeded();

        JsonElement[] ranking = [.. report.GetProperty("ranking").EnumerateArray()];
        Assert.Equal(3, ranking.Length);
        Assert.All(ranking, entry => Assert.True(entry.GetProperty("reasons").GetArrayLength() > 0));
        Assert.True(ranking[0].GetProperty("score").GetSingle() >= ranking[2].GetProperty("score").GetSingle());
        Assert.Equal("als", report.GetProperty("tier").GetString());
        Assert.True(report.GetProperty("excluded").GetProperty("notValidNow").GetInt32() > 0);
        Assert.Contains(ranking[0].GetProperty("offer").GetString()!, text.Output, StringComparison.Ordinal);
        Assert.Contains("Because you bought ", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Offers_are_re_ranked_as_the_options_say()
    {
        // The columns margin, cost and merchant are the last, and empty.
        string[] lines = File.ReadAllLines(shop.Offers);
        Assert.All(lines[1..], line => Assert.EndsWith(",,,", line, StringComparison.Ordinal));
        string offers = _folder.Write("offers.csv", string.Join('\n', lines.Select((line, i) => i == 0 ? line : $"{line[..^3]},{i % 10},,")) + "\n");
        string[] args = ["rank", "--model", shop.Model, "--user", "c000001", "--offers", offers, "--items", shop.Items, "--at", SimulatedShop.Cut, "--keep-consumed", "--json"];
        string[] order(params string[] more) => [.. Tool.Run([.. args, .. more]).Succeeded().Json.GetProperty("ranking").EnumerateArray().Select(entry => entry.GetProperty("offer").GetString()!)];
        string[] pure = order();

        Assert.Equal(pure, order("--diversity", "0", "--max-per-category", "0", "--max-per-brand", "0", "--margin-weight", "0", "--popularity-damping", "0"));
        string[][] changed = [order("--diversity", "0.6"), order("--margin-weight", "0.9"), order("--popularity-damping", "1")];
        Assert.All(changed, one => Assert.NotEqual(pure, one));
        Assert.Equal(3, changed.Select(one => string.Join(' ', one)).Distinct().Count());

        JsonElement limited = Tool.Run([.. args, "--max-per-category", "1", "--max-per-brand", "1", "--top", "100"]).Succeeded().Json;
        Assert.True(limited.GetProperty("excluded").GetProperty("overCategoryLimit").GetInt32() > 0);
        Assert.True(limited.GetProperty("ranking").GetArrayLength() < Tool.Run([.. args, "--top", "100"]).Succeeded().Json.GetProperty("ranking").GetArrayLength());
        Assert.Contains(" over the limit of a category", Tool.Run([.. args[..^1], "--max-per-category", "1"]).Succeeded().Output, StringComparison.Ordinal);
        string lost = pure.First(offer => !limited.GetProperty("ranking").EnumerateArray().Any(entry => entry.GetProperty("offer").GetString() == offer));
        JsonElement why = Tool.Run([.. args, "--max-per-category", "1", "--max-per-brand", "1", "--top", "100", "--why", lost]).Succeeded().Json;
        Assert.Equal("reranked", why.GetProperty("stage").GetString());
        Assert.Contains(why.GetProperty("exclusion").GetString(), new[] { "overCategoryLimit", "overBrandLimit" });
        Assert.Equal(1, why.GetProperty("limit").GetProperty("most").GetInt32());
        Assert.Matches("1 offer of the (category|brand) \\S+ had places already", Tool.Run([.. args[..^1], "--max-per-category", "1", "--max-per-brand", "1", "--top", "100", "--why", lost]).Succeeded().Output);
    }

    [Fact]
    public void What_re_ranks_offers_is_refused_where_it_would_change_nothing_or_is_out_of_range()
    {
        string[] args = ["rank", "--model", shop.Model, "--user", "c000001"];
        Tool.Run([.. args, "--diversity", "0.5"]).FailedWith(ExitCode.Usage, "--diversity has no effect without --offers. Name the offers, or leave it out.");
        Tool.Run([.. args, "--max-per-brand", "2"]).FailedWith(ExitCode.Usage, "--max-per-brand has no effect without --offers. Name the offers, or leave it out.");
        Tool.Run([.. args, "--offers", shop.Offers, "--diversity", "1.5"]).FailedWith(ExitCode.Usage, "--diversity must be from 0 to 1, but is 1.5.");
        Tool.Run([.. args, "--offers", shop.Offers, "--popularity-damping", "-1"]).FailedWith(ExitCode.Usage, "--popularity-damping must be a number 0 or above, but is '-1'.");
        Tool.Run([.. args, "--offers", shop.Offers, "--max-per-category", "10001"]).FailedWith(ExitCode.Usage, "--max-per-category");
        string plain = _folder.Write("offers.csv", "id,form,value\na,cash-off,1\nb,cash-off,2\n");
        Tool.Run([.. args, "--offers", plain, "--margin-weight", "0.5"]).FailedWith(ExitCode.Usage, "--margin-weight has no effect, because no offer has a margin.");
    }

    [Fact]
    public void Reasons_are_said_in_the_language_that_is_asked_for_and_JSON_keeps_their_kinds()
    {
        string[] args = ["rank", "--model", shop.Model, "--user", "c000001", "--offers", shop.Offers, "--items", shop.Items, "--at", SimulatedShop.Cut, "--keep-consumed"];

        string chinese = Tool.Run([.. args, "--explain", "--language", "zh"]).Succeeded().Output;

        Assert.Matches("因为您(喜欢|购买过)", chinese);
        Assert.DoesNotContain("Because", chinese, StringComparison.Ordinal);
        Assert.Equal(Tool.Run([.. args, "--explain", "--json"]).Succeeded().Output, Tool.Run([.. args, "--explain", "--json", "--language", "zh"]).Succeeded().Output);
        Tool.Run([.. args, "--language", "zh"]).FailedWith(ExitCode.Usage, "--language has no effect without --explain or --why. Ask for reasons, or leave it out.");
        Tool.Run([.. args, "--explain", "--language", "fr"]).FailedWith(ExitCode.Usage, "--language must be one of en, zh, but is 'fr'.");
    }

    [Fact]
    public void Every_offer_is_told_why_it_is_among_the_best_or_why_it_is_not()
    {
        string[] args = ["rank", "--model", shop.Model, "--user", "c000001", "--offers", shop.Offers, "--items", shop.Items, "--at", SimulatedShop.Cut, "--top", "3"];
        JsonElement[] ranking = [.. Tool.Run([.. args, "--json"]).Succeeded().Json.GetProperty("ranking").EnumerateArray()];
        JsonElement[] all = [.. Tool.Run([.. args[..^1], "10000", "--json"]).Succeeded().Json.GetProperty("ranking").EnumerateArray()];

        string second = ranking[1].GetProperty("offer").GetString()!;
        JsonElement returned = Tool.Run([.. args, "--why", second, "--json"]).Succeeded().Json;
        Assert.Equal(("returned", 2, 3), (returned.GetProperty("stage").GetString(), returned.GetProperty("place").GetInt32(), returned.GetProperty("returned").GetInt32()));
        Assert.Equal(ranking[1].GetProperty("score").GetSingle(), returned.GetProperty("score").GetSingle());
        Assert.Contains("Returned at place 2 of 3, with score ", Tool.Run([.. args, "--why", second]).Succeeded().Output, StringComparison.Ordinal);

        string fifth = all[4].GetProperty("offer").GetString()!;
        JsonElement outscored = Tool.Run([.. args, "--why", fifth, "--json"]).Succeeded().Json;
        Assert.Equal(("outscored", 5), (outscored.GetProperty("stage").GetString(), outscored.GetProperty("place").GetInt32()));
        Assert.Equal(ranking[2].GetProperty("score").GetSingle() - all[4].GetProperty("score").GetSingle(), outscored.GetProperty("deficit").GetSingle());
        Assert.Equal(("als", 5), (outscored.GetProperty("sources")[0].GetProperty("tier").GetString(), outscored.GetProperty("sources")[0].GetProperty("rank").GetInt32()));
        string words = Tool.Run([.. args, "--why", fifth]).Succeeded().Output;
        Assert.Contains(" has place 5, and the last of the 3 returned has ", words, StringComparison.Ordinal);
        Assert.Contains("It lost by ", words, StringComparison.Ordinal);

        string ended = _folder.Write("ended.csv", "id,form,value,targets,valid_to\nold,cash-off,1,item:i00001,2026-01-01\nopen,cash-off,1,item:i00001,\n");
        string[] few = ["rank", "--model", shop.Model, "--user", "c000001", "--offers", ended, "--at", SimulatedShop.Cut];
        Assert.Contains("Left out: it is not valid at that time.", Tool.Run([.. few, "--why", "old"]).Succeeded().Output, StringComparison.Ordinal);
        Assert.Equal("notValidNow", Tool.Run([.. few, "--why", "old", "--json"]).Succeeded().Json.GetProperty("exclusion").GetString());
        Assert.Contains("There is no such offer among those that were read.", Tool.Run([.. few, "--why", "nowhere"]).Succeeded().Output, StringComparison.Ordinal);
        Assert.Contains("what everybody wants decided", Tool.Run([.. few[..3], "--user", "nobody", .. few[5..], "--why", "open"]).Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Why_needs_offers_and_an_id()
    {
        Tool.Run("rank", "--model", shop.Model, "--user", "c000001", "--why", "o1").FailedWith(ExitCode.Usage, "--why has no effect without --offers. Name the offers, or leave it out.");
        Tool.Run("rank", "--model", shop.Model, "--user", "c000001", "--offers", shop.Offers, "--why", " ").FailedWith(ExitCode.Usage, "--why: this cannot be an id.");
    }

    [Fact]
    public void Segments_open_the_offers_that_are_for_them()
    {
        string offers = _folder.Write("offers.csv", "id,form,value,segments\nall,cash-off,1,\nvip,cash-off,1,vip\n");
        string[] args = ["rank", "--model", shop.Model, "--user", "c000001", "--offers", offers, "--json"];

        Assert.Equal(1, Tool.Run(args).Succeeded().Json.GetProperty("ranking").GetArrayLength());
        Assert.Equal(2, Tool.Run([.. args, "--segments", "new,vip"]).Succeeded().Json.GetProperty("ranking").GetArrayLength());
        string customers = _folder.Write("customers.csv", "user,segments\nc000001,vip|new\n");
        Assert.Equal(2, Tool.Run([.. args, "--customers", customers]).Succeeded().Json.GetProperty("ranking").GetArrayLength());
    }

    [Fact]
    public void An_unknown_customer_gets_what_is_popular()
    {
        CommandResult result = Tool.Run("rank", "--model", shop.Model, "--user", "谁也不是", "--top", "3", "--json").Succeeded();

        Assert.Equal("popularity", result.Json.GetProperty("tier").GetString());
        Assert.Equal(3, result.Json.GetProperty("ranking").GetArrayLength());
        Assert.Contains("谁也不是", result.Output, StringComparison.Ordinal);
        Assert.Contains("The model does not know this customer", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Redemptions_are_evaluated_against_the_offers_and_their_popularity()
    {
        JsonElement report = Tool.Run(
            "evaluate", "--model", shop.Model, "--test", shop.Interactions, "--test-since", SimulatedShop.Cut, "--offers", shop.Offers, "--items", shop.Items,
            "--customers", shop.Customers, "--metrics", "hr@5", "--popularity", "--keep-consumed", "--json").Succeeded().Json;

        Assert.Equal("offers", report.GetProperty("protocol").GetString());
        Assert.InRange(report.GetProperty("metrics").GetProperty("hr@5").GetDouble(), 0.01, 1);
        Assert.InRange(report.GetProperty("popularity").GetProperty("hr@5").GetDouble(), 0, 1);
    }

    [Fact]
    public void Test_rows_may_name_offers_in_the_item_column()
    {
        string offers = _folder.Write("o.csv", "id,form,value,targets\na,cash-off,1,item:i00001\nb,cash-off,1,item:i00002\n");
        string test = _folder.Write("t.csv", "user,item\nc000001,a\n");

        JsonElement report = Tool.Run("evaluate", "--model", shop.Model, "--test", test, "--offers", offers, "--metrics", "hr@2", "--keep-consumed", "--json").Succeeded().Json;

        Assert.Equal(1, report.GetProperty("metrics").GetProperty("hr@2").GetDouble());
    }

    [Fact]
    public void Similar_items_come_without_the_item_itself()
    {
        JsonElement report = Tool.Run("similar", "--model", shop.Model, "--item", "i00001", "--top", "5", "--json").Succeeded().Json;

        string[] items = [.. report.GetProperty("similar").EnumerateArray().Select(entry => entry.GetProperty("item").GetString()!)];
        Assert.Equal(5, items.Length);
        Assert.DoesNotContain("i00001", items);
    }

    [Fact]
    public void Inspect_shows_metadata_tensors_and_checksum()
    {
        JsonElement report = Tool.Run("inspect", shop.Model, "--json").Succeeded().Json;

        Assert.Equal("matches", report.GetProperty("checksum").GetString());
        Assert.Equal("implicit-als", report.GetProperty("algorithm").GetString());
        Assert.Equal(8, report.GetProperty("factors").GetInt32());
        Assert.Equal("4", report.GetProperty("options").GetProperty("iterations").GetString());
        Assert.Contains(report.GetProperty("tensors").EnumerateArray(), tensor => tensor.GetProperty("bytes").GetInt64() > 0);
        Assert.Contains("checksum matches", Tool.Run("inspect", shop.Model).Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_warm_start_takes_over_the_number_of_factors()
    {
        JsonElement report = Tool.Run("fit", "--interactions", shop.Interactions, "--warm-start", shop.Model, "--iterations", "1", "--out", _folder["m"], "--json").Succeeded().Json;
        Assert.Equal(8, report.GetProperty("factors").GetInt32());

        Tool.Run("fit", "--interactions", shop.Interactions, "--warm-start", shop.Model, "--factors", "9", "--out", _folder["m"])
            .FailedWith(ExitCode.Usage, "--factors is 9, but the model to start from has 8.");
    }

    [Fact]
    public void Simulated_files_are_the_same_for_the_same_seed_and_can_be_packed()
    {
        string[] args = ["simulate", "--customers", "50", "--items", "20", "--interactions", "1000", "--seed", "7", "--json", "--out"];
        JsonElement report = Tool.Run([.. args, _folder["a"], "--gzip"]).Succeeded().Json;
        Tool.Run([.. args, _folder["b"]]).Succeeded();
        Tool.Run([.. args, _folder["c"]]).Succeeded();

        Assert.Equal(1000, report.GetProperty("interactions").GetInt64());
        Assert.Equal(File.ReadAllBytes(_folder["b/interactions.csv"]), File.ReadAllBytes(_folder["c/interactions.csv"]));
        Assert.Equal(File.ReadAllBytes(_folder["b/pushes.csv"]), File.ReadAllBytes(_folder["c/pushes.csv"]));
        Assert.True(new FileInfo(_folder["a/interactions.csv.gz"]).Length < new FileInfo(_folder["b/interactions.csv"]).Length / 2);
        Tool.Run("fit", "--interactions", _folder["a/interactions.csv.gz"], "--factors", "4", "--iterations", "1", "--out", _folder["m"]).Succeeded();
    }

    [Fact]
    public void The_demo_runs_from_end_to_end_and_explains_itself()
    {
        CommandResult demo = Tool.Run("demo", "--out", _folder["demo"]).Succeeded();

        Assert.Contains("3. Does it help?", demo.Output, StringComparison.Ordinal);
        Assert.Contains("by popularity", demo.Output, StringComparison.Ordinal);
        Assert.Contains(_folder["demo"], demo.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["demo/model.safetensors"]));
        Assert.Contains("iteration 15 of 15", demo.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_demo_runs_on_files_too()
    {
        JsonElement demo = Tool.Run("demo", "--interactions", shop.Interactions, "--offers", shop.Offers, "--items", shop.Items, "--customers", shop.Customers, "--out", _folder["demo"], "--json").Succeeded().Json;

        Assert.InRange(demo.GetProperty("metrics").GetProperty("hr@10").GetDouble(), demo.GetProperty("popularity").GetProperty("hr@10").GetDouble(), 1);
        Assert.Equal("popularity", demo.GetProperty("rankings").EnumerateArray().Last().GetProperty("tier").GetString());
    }
}
