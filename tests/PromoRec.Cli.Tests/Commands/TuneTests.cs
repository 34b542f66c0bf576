using System.Text.Json;

namespace PromoRec.Cli.Tests.Commands;

public sealed class TuneTests(SimulatedShop shop) : IClassFixture<SimulatedShop>, IDisposable
{
    private readonly SimulatedShop _shop = shop;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_best_options_are_better_than_the_usual_ones_and_evaluate_finds_the_same_figure()
    {
        JsonElement tuned = Tool.Run(Tune("ease", "--trials", "8", "--json")).Succeeded().Json;
        double score = tuned.GetProperty("score").GetDouble();
        string best = tuned.GetProperty("algorithm").GetString()!;
        JsonElement compared = Tool.Run("compare", "--train", _shop.Interactions, "--algorithms", $"{best},ease", "--keep-consumed", "--metrics", "ndcg@10", "--resamples", "1", "--json").Succeeded().Json;

        Assert.True(score >= tuned.GetProperty("usualScore").GetDouble());
        Assert.Equal(score, Metric(compared, 0), 1e-12);
        Assert.Equal(tuned.GetProperty("usualScore").GetDouble(), Metric(compared, 1), 1e-12);
        Assert.Equal(tuned.GetProperty("evaluations").EnumerateArray().Max(one => one.GetProperty("score").GetDouble()), score);
        Assert.Equal($"ease --regularization {tuned.GetProperty("options").GetProperty("--regularization").GetString()}", best);
    }

    [Fact]
    public void The_command_that_is_printed_trains_the_model_and_keeps_how_the_file_was_read()
    {
        string output = Tool.Run(Tune("als --iterations 3", "--trials", "2", "--half-life", "50", "--until", "2026-03-20")).Succeeded().Output;
        string command = output.TrimEnd().Split('\n')[^1];
        string model = _folder["m.safetensors"];

        Assert.StartsWith($"promorec fit --interactions {_shop.Interactions} ", command, StringComparison.Ordinal);
        Assert.Contains("--half-life 50", command, StringComparison.Ordinal);
        Assert.Contains("--algorithm als --iterations 3 --factors", command, StringComparison.Ordinal);
        string[] words = command.Replace("model.safetensors", model, StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Tool.Run(words[1..]).Succeeded();
        Assert.True(File.Exists(model));
    }

    [Fact]
    public void Trials_begin_on_a_part_of_the_customers_and_the_same_seed_gives_the_same_result_for_any_threads()
    {
        string[] call = Tune("item-knn", "--trials", "9", "--min-customers", "10", "--json");
        JsonElement one = Tool.Run([.. call, "--threads", "1"]).Succeeded().Json;
        JsonElement other = Tool.Run([.. call, "--threads", "2"]).Succeeded().Json;
        JsonElement seeded = Tool.Run([.. call, "--seed", "2"]).Succeeded().Json;

        Assert.Equal([9, 3, 1], one.GetProperty("evaluations").EnumerateArray().GroupBy(entry => entry.GetProperty("share").GetDouble()).OrderBy(rung => rung.Key).Select(rung => rung.Count()));
        Assert.Equal(Scores(one), Scores(other));
        Assert.NotEqual(Scores(one), Scores(seeded));
        Assert.StartsWith("item-knn --neighbours 20 --shrinkage 0 --weighting none", one.GetProperty("evaluations")[0].GetProperty("algorithm").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("popularity")]
    [InlineData("co-occurrence")]
    [InlineData("content", "--items", "ITEMS")]
    [InlineData("user-knn")]
    public void Every_family_that_ranks_items_can_be_tuned(string algorithm, params string[] options)
    {
        string file = _folder["best.json"];
        Tool.Run(Tune(algorithm, ["--trials", "2", "--out", file, .. options.Select(option => option == "ITEMS" ? _shop.Items : option)])).Succeeded();

        using var saved = JsonDocument.Parse(File.ReadAllText(file));
        Assert.StartsWith(algorithm, saved.RootElement.GetProperty("algorithm").GetString(), StringComparison.Ordinal);
        Assert.True(saved.RootElement.GetProperty("score").GetDouble() >= saved.RootElement.GetProperty("usualScore").GetDouble());
    }

    [Fact]
    public void The_time_limit_ends_the_search()
    {
        JsonElement tuned = Tool.Run(Tune("ease", "--trials", "1000", "--minutes", "0.01", "--json")).Succeeded().Json;

        Assert.True(tuned.GetProperty("ranOutOfTime").GetBoolean());
        Assert.InRange(tuned.GetProperty("evaluations").GetArrayLength(), 1, 900);
    }

    [Theory]
    [InlineData("--metric must be rmse or mae for an algorithm that predicts ratings, but is 'ndcg@10'", "svd", "--metric", "ndcg@10")]
    [InlineData("--keep-consumed has no effect with --algorithm svd", "svd")]
    [InlineData("gives all that could be searched for: --regularization", "ease --regularization 3")]
    [InlineData("'hybrid' has no options to search for", "hybrid")]
    [InlineData("'repeat' has no options to search for", "repeat")]
    [InlineData("--metric: The metric is 'ndgc@10'", "ease", "--metric", "ndgc@10")]
    [InlineData("--holdout must be above 0 and below 1", "ease", "--holdout", "1.5")]
    [InlineData("Name the items file with --items FILE", "content")]
    [InlineData("--factors has no effect with --algorithm ease", "ease --factors 3")]
    public void What_cannot_be_tuned_is_refused(string expected, string algorithm, params string[] options)
    {
        CommandResult result = Tool.Run(Tune(algorithm, options));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    private string[] Tune(string algorithm, params string[] options) => ["tune", "--interactions", _shop.Interactions, "--algorithm", algorithm, "--keep-consumed", .. options];

    private static double Metric(JsonElement compared, int algorithm) => compared.GetProperty("algorithms")[algorithm].GetProperty("metrics").GetProperty("ndcg@10").GetDouble();

    private static double[] Scores(JsonElement tuned) => [.. tuned.GetProperty("evaluations").EnumerateArray().Select(entry => entry.GetProperty("score").GetDouble())];
}
