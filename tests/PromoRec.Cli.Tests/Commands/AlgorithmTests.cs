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
        Assert.Equal("because-you-liked", ranked.GetProperty("ranking")[0].GetProperty("reasons")[0].GetProperty("kind").GetString());
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
    [InlineData("hybrid", "hybrid", "--items", "ITEMS", "--factors", "16", "--trials", "20")]
    public void A_model_of_events_or_of_the_catalog_is_trained_saved_evaluated_and_ranks_items(string algorithm, string tier, params string[] options)
    {
        string[] files = [.. options.Select(option => option switch { "ITEMS" => shop.Items, "CUSTOMERS" => shop.Customers, _ => option })];
        string model = _folder["m.safetensors"];
        JsonElement fit = Tool.Run(["fit", "--interactions", shop.Interactions, "--until", SimulatedShop.Cut, "--algorithm", algorithm, .. files, "--out", model, "--json"]).Succeeded().Json;
        string[] test = ["--test", shop.Interactions, "--test-since", SimulatedShop.Cut, "--keep-consumed", "--resamples", "0", "--json"];
        JsonElement saved = Tool.Run(["evaluate", "--model", model, .. test]).Succeeded().Json;
        JsonElement trained = Tool.Run(["evaluate", "--train", shop.Interactions, "--until", SimulatedShop.Cut, "--algorithm", algorithm, .. files, .. test]).Succeeded().Json;
        JsonElement ranked = Tool.Run("rank", "--model", model, "--user", "c000012", "--explain", "--json").Succeeded().Json;
        string inspected = Tool.Run("inspect", model).Succeeded().Output;
        JsonElement similar = Tool.Run("similar", "--model", model, "--item", "i00012", "--json").Succeeded().Json;

        Assert.Equal(algorithm, fit.GetProperty("algorithm").GetString());
        Assert.Equal(saved.GetProperty("metrics").ToString(), trained.GetProperty("metrics").ToString());
        Assert.True(saved.GetProperty("metrics").GetProperty("ndcg@10").GetDouble() > 0.02);
        Assert.Equal(tier, ranked.GetProperty("tier").GetString());
        Assert.Contains($": {algorithm}, ", inspected, StringComparison.Ordinal);
        Assert.Equal(algorithm == "popularity", similar.GetProperty("similar").GetArrayLength() == 0);
        Assert.Equal(algorithm == "popularity", ranked.GetProperty("ranking")[0].GetProperty("reasons").GetArrayLength() == 0);

        JsonElement offers = Tool.Run("rank", "--model", model, "--user", "c000012", "--offers", shop.Offers, "--items", shop.Items, "--json").Succeeded().Json;
        Assert.Equal(tier, offers.GetProperty("tier").GetString());
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
