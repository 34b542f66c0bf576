using System.Globalization;
using System.Text.Json;

namespace PromoRec.Cli.Tests.Commands;

/// <summary>Every family of models goes through the commands that train, evaluate, rank and look.</summary>
public sealed class AlgorithmTests(SimulatedShop shop) : IClassFixture<SimulatedShop>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("item-knn", "--weighting", "bm25", "--shrinkage", "10", "--neighbours", "30")]
    [InlineData("user-knn", "--similarity", "jaccard")]
    [InlineData("ease", "--regularization", "50")]
    public void A_model_is_trained_saved_evaluated_and_ranks_items(string algorithm, params string[] options)
    {
        string model = _folder["m.safetensors"];
        JsonElement fit = Tool.Run(["fit", "--interactions", shop.Interactions, "--until", SimulatedShop.Cut, "--algorithm", algorithm, .. options, "--out", model, "--json"]).Succeeded().Json;
        string[] test = ["--test", shop.Interactions, "--test-since", SimulatedShop.Cut, "--keep-consumed", "--resamples", "0", "--popularity", "--json"];
        JsonElement saved = Tool.Run(["evaluate", "--model", model, .. test]).Succeeded().Json;
        JsonElement trained = Tool.Run(["evaluate", "--train", shop.Interactions, "--until", SimulatedShop.Cut, "--algorithm", algorithm, .. options, .. test]).Succeeded().Json;
        string inspected = Tool.Run("inspect", model).Succeeded().Output;
        JsonElement ranked = Tool.Run("rank", "--model", model, "--user", "c000012", "--explain", "--json").Succeeded().Json;
        JsonElement similar = Tool.Run("similar", "--model", model, "--item", "i00012", "--json").Succeeded().Json;

        Assert.Equal((algorithm, 0), (fit.GetProperty("algorithm").GetString(), fit.GetProperty("factors").GetInt32()));
        Assert.Equal(saved.GetProperty("metrics").ToString(), trained.GetProperty("metrics").ToString());
        Assert.True(saved.GetProperty("metrics").GetProperty("ndcg@10").GetDouble() > saved.GetProperty("popularity").GetProperty("ndcg@10").GetDouble());
        Assert.Contains($": {algorithm}, ", inspected, StringComparison.Ordinal);
        Assert.DoesNotContain("factors, seed", inspected, StringComparison.Ordinal);
        Assert.Equal("neighbours", ranked.GetProperty("tier").GetString());
        Assert.Contains(ranked.GetProperty("ranking")[0].GetProperty("reasons")[0].GetProperty("kind").GetString(), (string[])["because-you-bought", "because-you-liked"]);
        Assert.True(similar.GetProperty("similar").GetArrayLength() > 0);

        JsonElement offers = Tool.Run("rank", "--model", model, "--user", "c000012", "--offers", shop.Offers, "--items", shop.Items, "--json").Succeeded().Json;
        Assert.Equal("neighbours", offers.GetProperty("tier").GetString());
    }

    [Theory]
    [InlineData("co-occurrence", "neighbours", "--session-gap", "1440", "--measure", "cosine", "--min-support", "3", "--distance-decay", "0.9", "--half-life", "60")]
    [InlineData("content", "content", "--items", "ITEMS", "--sublinear", "--number-weight", "0.1")]
    [InlineData("popularity", "popularity", "--items", "ITEMS", "--customers", "CUSTOMERS", "--half-life", "14", "--min-support", "2")]
    [InlineData("popularity", "popularity", "--rank-by", "trend", "--count", "events")]
    [InlineData("interest", "content", "--items", "ITEMS")]
    [InlineData("hybrid", "hybrid", "--items", "ITEMS", "--factors", "16", "--trials", "20", "--repeats")]
    public void A_model_of_events_or_of_the_catalog_is_trained_saved_evaluated_and_ranks_items(string algorithm, string tier, params string[] options)
    {
        string[] files = [.. options.Select(option => option switch { "ITEMS" => shop.Items, "CUSTOMERS" => shop.Customers, _ => option })];
        string model = _folder["m.safetensors"];
        JsonElement fit = Tool.Run(["fit", "--interactions", shop.Interactions, "--until", SimulatedShop.Cut, "--algorithm", algorithm, .. files, "--out", model, "--json"]).Succeeded().Json;
        string[] test = ["--test", shop.Interactions, "--test-since", SimulatedShop.Cut, "--keep-consumed", "--resamples", "0", "--json"];
        JsonElement saved = Tool.Run(["evaluate", "--model", model, .. test]).Succeeded().Json;
        JsonElement trained = Tool.Run(["evaluate", "--train", shop.Interactions, "--until", SimulatedShop.Cut, "--algorithm", algorithm, .. files, .. test]).Succeeded().Json;
        JsonElement ranked = Tool.Run(["rank", "--model", model, "--user", "c000012", "--explain", "--json", .. options.Contains("--repeats") ? ["--keep-consumed"] : Array.Empty<string>()]).Succeeded().Json;
        string inspected = Tool.Run("inspect", model).Succeeded().Output;
        JsonElement similar = Tool.Run("similar", "--model", model, "--item", "i00012", "--json").Succeeded().Json;

        Assert.Equal(algorithm, fit.GetProperty("algorithm").GetString());
        Assert.Equal(saved.GetProperty("metrics").ToString(), trained.GetProperty("metrics").ToString());
        Assert.True(saved.GetProperty("metrics").GetProperty("ndcg@10").GetDouble() > 0.02);

        // Items and offers are ranked from the highest rung of a hybrid's ladder that led on this shop: a rung that did not may serve neither.
        string answering = algorithm == "hybrid" ? fit.GetProperty("hybrid").GetProperty("ladder").EnumerateArray().Last(rung => rung.GetProperty("serves").GetBoolean()).GetProperty("tier").GetString()! : tier;
        Assert.Equal((answering, answering == tier ? "highest" : "higher-did-not-win"), (ranked.GetProperty("tier").GetString(), ranked.GetProperty("tierReason").GetString()));
        Assert.Contains($": {algorithm}, ", inspected, StringComparison.Ordinal);
        Assert.Equal(algorithm == "popularity", similar.GetProperty("similar").GetArrayLength() == 0);
        Assert.StartsWith(answering == "popularity" ? "popular" : "because-you-", ranked.GetProperty("ranking")[0].GetProperty("reasons")[0].GetProperty("kind").GetString(), StringComparison.Ordinal);

        JsonElement offers = Tool.Run("rank", "--model", model, "--user", "c000012", "--offers", shop.Offers, "--items", shop.Items, "--json").Succeeded().Json;
        Assert.Equal(answering, offers.GetProperty("tier").GetString());
    }

    [Fact]
    public void A_hybrid_says_what_it_is_made_of_how_its_members_compared_and_which_of_them_is_trained()
    {
        string model = _folder["h"];
        string[] call = ["fit", "--interactions", shop.Interactions, "--algorithm", "hybrid", "--members", "als,item-knn,popularity", "--factors", "8", "--iterations", "3", "--trials", "20", "--out", model];

        CommandResult json = Tool.Run([.. call, "--json"]).Succeeded();
        CommandResult text = Tool.Run(call).Succeeded();
        JsonElement hybrid = json.Json.GetProperty("hybrid");
        CommandResult inspected = Tool.Run("inspect", model).Succeeded();
        JsonElement seen = Tool.Run("inspect", model, "--json").Succeeded().Json.GetProperty("hybrid");

        Assert.Equal(("weighted", "ndcg@10"), (hybrid.GetProperty("fusion").GetString(), hybrid.GetProperty("metric").GetString()));
        Assert.Equal(["als", "item-knn", "popularity"], hybrid.GetProperty("members").EnumerateArray().Select(member => member.GetProperty("name").GetString()));
        Assert.Contains(hybrid.GetProperty("members").EnumerateArray(), member => member.GetProperty("weight").GetDouble() > 0);
        Assert.InRange(hybrid.GetProperty("customers").GetInt32(), 1, 300);
        Assert.True(hybrid.GetProperty("cut").GetDateTimeOffset() > DateTimeOffset.Parse(SimulatedShop.Cut, CultureInfo.InvariantCulture));
        JsonElement[] ladder = [.. hybrid.GetProperty("ladder").EnumerateArray()];
        Assert.Equal(("popularity", "hybrid"), (ladder[0].GetProperty("tier").GetString(), ladder[^1].GetProperty("tier").GetString()));
        Assert.True(ladder[0].GetProperty("serves").GetBoolean());
        Assert.All(ladder[1..], rung => Assert.Equal(rung.GetProperty("lead").GetDouble() > 0, rung.GetProperty("serves").GetBoolean()));
        Assert.Equal(hybrid.GetProperty("ladder").ToString(), seen.GetProperty("ladder").ToString());
        Assert.Equal(
            hybrid.GetProperty("members").EnumerateArray().Where(member => member.GetProperty("weight").GetDouble() > 0).Select(member => member.ToString()),
            seen.GetProperty("members").EnumerateArray().Select(member => member.ToString()));
        Assert.Contains("Ladder, from the bottom up:", text.Output, StringComparison.Ordinal);
        Assert.Contains("Members, weighted, compared by ndcg@10 on ", text.Output, StringComparison.Ordinal);
        Assert.Contains("Ladder, from the bottom up:", inspected.Output, StringComparison.Ordinal);
        Assert.Contains("als: iteration 1 of 3", text.Error, StringComparison.Ordinal);
        Assert.Contains("item-knn: iteration 1", text.Error, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?m)^iteration", text.Error);

        JsonElement ranked = Tool.Run("rank", "--model", model, "--user", "c000012", "--offers", shop.Offers, "--items", shop.Items, "--at", SimulatedShop.Cut, "--keep-consumed", "--json").Succeeded().Json;
        Assert.Contains(ranked.GetProperty("tierReason").GetString(), (string[])["highest", "higher-did-not-win"]);
        Assert.Contains(ranked.GetProperty("ranking").EnumerateArray(), entry => entry.TryGetProperty("sources", out JsonElement sources) && sources.GetArrayLength() > 0);
    }

    [Fact]
    public void A_hybrid_of_interactions_without_times_warns_of_what_it_was_weighed_on()
    {
        string file = _folder.Write("i.csv", "user,item\n" + string.Join('\n', Enumerable.Range(0, 600).Select(i => $"u{i % 29},i{i * i % 31}")) + "\n");
        string single = _folder.Write("s.csv", "user,item\nu,i\n");
        string[] hybrid = ["--algorithm", "hybrid", "--members", "item-knn,popularity", "--out", _folder["h"]];
        CommandResult fit = Tool.Run(["fit", "--interactions", file, .. hybrid]).Succeeded();
        CommandResult poor = Tool.Run(["fit", "--interactions", single, .. hybrid]).Succeeded();

        Assert.Contains("warning: the interactions have no times, so the members were weighed on pairs held out at random", fit.Error, StringComparison.Ordinal);
        Assert.Contains(", by pairs held out at random:", fit.Output, StringComparison.Ordinal);
        Assert.Contains("warning: nothing could be held out", poor.Error, StringComparison.Ordinal);
        Assert.Contains("No ladder", poor.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hybrid_for_repeat_purchases_gives_repeats_a_weight()
    {
        string[] call = ["fit", "--interactions", shop.Interactions, "--algorithm", "hybrid", "--members", "item-knn,repeat", "--trials", "20", "--out", _folder["h"], "--json"];
        double without = Weight(Tool.Run(call).Succeeded().Json), with = Weight(Tool.Run([.. call, "--repeats"]).Succeeded().Json);

        Assert.Equal(0, without);
        Assert.True(with > 0);

        static double Weight(JsonElement fit) => fit.GetProperty("hybrid").GetProperty("members")[1].GetProperty("weight").GetDouble();
    }

    [Fact]
    public void Reasons_for_items_say_bought_of_what_was_bought_and_liked_of_the_rest()
    {
        string file = _folder.Write("i.csv", "user,item,kind\n" + string.Join('\n', Enumerable.Range(0, 6).SelectMany(u => (string[])[$"u{u},tea,purchase", $"u{u},cup,view", $"u{u},pot,purchase"]).Append("new,tea,purchase").Append("new,cup,view")) + "\n");
        Tool.Run("fit", "--interactions", file, "--algorithm", "item-knn", "--weights", "view=1", "--out", _folder["m"]).Succeeded();

        JsonElement best = Tool.Run("rank", "--model", _folder["m"], "--user", "new", "--explain", "--json").Succeeded().Json.GetProperty("ranking")[0];

        Assert.Equal("pot", best.GetProperty("item").GetString());
        Assert.Equal(
            ["because-you-bought tea", "because-you-liked cup"],
            best.GetProperty("reasons").EnumerateArray().Select(reason => $"{reason.GetProperty("kind").GetString()} {reason.GetProperty("item").GetString()}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("--members must name some of", "--members", "als,nothing")]
    [InlineData("--members names 'als' more than once", "--members", "als,als")]
    [InlineData("--algorithm interest learns which categories", "--members", "interest")]
    [InlineData("--validation must be above 0 and below 1, but is 1", "--validation", "1")]
    public void Faulty_options_of_a_hybrid_are_refused(string expected, params string[] options)
    {
        CommandResult result = Tool.Run(["fit", "--interactions", shop.Interactions, "--algorithm", "hybrid", .. options, "--out", _folder["m"]]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("als", "note: the file of --items is not read, because als does not learn from it.")]
    [InlineData("item-knn", "note: the file of --customers is not read, because item-knn does not learn from it.")]
    [InlineData("ease", "note: the file of --items is not read, because ease does not learn from it.")]
    [InlineData("repeat", "note: the file of --items is not read, because repeat does not learn from it.")]
    [InlineData("content", "note: the file of --customers is not read, because content does not learn from it.")]
    [InlineData("popularity", null)]
    public void One_command_line_can_be_tried_with_all_algorithms(string algorithm, string? note)
    {
        string[] files = ["--items", shop.Items, "--customers", shop.Customers];
        string model = _folder["m"];

        CommandResult fit = Tool.Run(["fit", "--interactions", shop.Interactions, "--algorithm", algorithm, .. files, "--out", model, "--json"]).Succeeded();
        CommandResult plain = Tool.Run(["evaluate", "--train", shop.Interactions, "--until", SimulatedShop.Cut, "--algorithm", algorithm, .. files, "--test", shop.Interactions, "--test-since", SimulatedShop.Cut, "--resamples", "0", "--json"]).Succeeded();

        Assert.Equal(algorithm is "als" ? "implicit-als" : algorithm, fit.Json.GetProperty("algorithm").GetString());
        foreach (CommandResult result in (CommandResult[])[fit, plain])
        {
            Assert.Equal(note is not null, result.Error.Contains("note:", StringComparison.Ordinal));
            Assert.Contains(note ?? string.Empty, result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_catalog_of_a_trained_model_is_not_asked_for_again()
    {
        CommandResult result = Tool.Run("evaluate", "--model", shop.Model, "--test", shop.Interactions, "--items", shop.Items);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--items has no effect without --offers", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--factors has no effect with --algorithm item-knn. Leave it out.", "item-knn", "--factors", "8")]
    [InlineData("--measure has no effect with --algorithm popularity. Leave it out.", "popularity", "--measure", "lift")]
    [InlineData("--min-support has no effect with --algorithm ease. Leave it out.", "ease", "--min-support", "2")]
    [InlineData("--rank-by has no effect with --algorithm content. Leave it out.", "content", "--rank-by", "trend")]
    [InlineData("--algorithm content compares what the shop says about its items. Name the items file with --items FILE.", "content")]
    [InlineData("--usual-half-life must be above --recent-half-life", "popularity", "--recent-half-life", "30")]
    [InlineData("--distance-decay must be above 0 and at most 1, but is 2", "co-occurrence", "--distance-decay", "2")]
    [InlineData("--max-item-share must be above 0 and at most 1, but is 2", "content", "--items", "i.csv", "--max-item-share", "2")]
    [InlineData("--session-gap must be at most 525,600 minutes", "co-occurrence", "--session-gap", "1000000")]
    [InlineData("--regularization has no effect with --algorithm user-knn. Leave it out.", "user-knn", "--regularization", "8")]
    [InlineData("--neighbours has no effect with --algorithm als. Leave it out.", "als", "--neighbours", "8")]
    [InlineData("--max-weights has no effect with --algorithm als. Leave it out.", "als", "--max-weights", "8")]
    [InlineData("--warm-start has no effect with --algorithm ease. Leave it out.", "ease", "--warm-start", "m")]
    [InlineData("--weighting must be None with Jaccard, which looks at no weights", "item-knn", "--similarity", "jaccard", "--weighting", "bm25")]
    [InlineData("--bm25-b must be from 0 to 1, but is 2", "item-knn", "--bm25-b", "2")]
    [InlineData("--algorithm must be one of als, item-knn, user-knn, ease, popularity, co-occurrence, content, interest, repeat, hybrid, baseline, rating-knn, slope-one, svd, svdpp, logistic, linear, ridge, svm, but is 'item-kn'. Did you mean 'item-knn'?", "item-kn")]
    public void Options_of_another_family_are_refused(string expected, string algorithm, params string[] options)
    {
        CommandResult result = Tool.Run(["fit", "--interactions", shop.Interactions, "--algorithm", algorithm, .. options, "--out", _folder["m"]]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }
}
