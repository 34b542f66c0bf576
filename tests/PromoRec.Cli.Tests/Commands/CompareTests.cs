using System.Globalization;
using System.Text.Json;

namespace PromoRec.Cli.Tests.Commands;

public sealed class CompareTests(SimulatedShop shop) : IClassFixture<SimulatedShop>
{
    private static readonly string[] Quick = ["--keep-consumed", "--metrics", "hr@10,ndcg@10,coverage@10", "--resamples", "300"];

    private readonly SimulatedShop _shop = shop;

    [Fact]
    public void Every_algorithm_is_measured_as_evaluate_measures_it_alone()
    {
        string[] test = ["--test", _shop.Interactions, "--test-since", SimulatedShop.Cut, "--until", SimulatedShop.Cut, .. Quick, "--json"];
        JsonElement compared = Tool.Run(["compare", "--train", _shop.Interactions, "--algorithms", "als --factors 8 --iterations 4, item-knn,popularity", .. test]).Succeeded().Json;
        JsonElement als = Tool.Run(["evaluate", "--train", _shop.Interactions, "--factors", "8", "--iterations", "4", .. test]).Succeeded().Json;
        JsonElement popularity = Tool.Run(["evaluate", "--train", _shop.Interactions, "--algorithm", "popularity", .. test]).Succeeded().Json;

        JsonElement entries = compared.GetProperty("algorithms");
        Assert.Equal(["als --factors 8 --iterations 4", "item-knn", "popularity"], entries.EnumerateArray().Select(Name));
        Assert.Equal(als.GetProperty("metrics").ToString(), entries[0].GetProperty("metrics").ToString());
        Assert.Equal(als.GetProperty("confidenceIntervals").ToString(), entries[0].GetProperty("confidenceIntervals").ToString());
        Assert.Equal(popularity.GetProperty("metrics").ToString(), entries[2].GetProperty("metrics").ToString());
        Assert.Equal(als.GetProperty("users").GetInt32(), compared.GetProperty("users").GetInt32());
    }

    [Fact]
    public void The_winner_is_ahead_of_all_others_by_more_than_chance_and_rankings_that_are_alike_make_none()
    {
        string[] data = ["compare", "--train", _shop.Interactions, .. Quick];
        JsonElement different = Tool.Run([.. data, "--algorithms", "popularity,ease", "--json"]).Succeeded().Json;
        CommandResult alike = Tool.Run([.. data, "--algorithms", "popularity,ease,ease --regularization 501"]).Succeeded();

        JsonElement verdict = different.GetProperty("comparisons")[1];
        JsonElement behind = verdict.GetProperty("ranking")[1];
        Assert.Equal(("ndcg@10", "ease"), (verdict.GetProperty("metric").GetString(), verdict.GetProperty("winner").GetString()));
        Assert.Equal(0.95, verdict.GetProperty("intervalLevel").GetDouble(), 1e-12);
        Assert.True(behind.GetProperty("isBehind").GetBoolean());
        Assert.True(behind.GetProperty("interval")[0].GetDouble() > 0);
        Assert.Equal(
            different.GetProperty("algorithms")[1].GetProperty("metrics").GetProperty("ndcg@10").GetDouble() - different.GetProperty("algorithms")[0].GetProperty("metrics").GetProperty("ndcg@10").GetDouble(),
            behind.GetProperty("behind").GetDouble(),
            1e-12);
        Assert.Equal(2, different.GetProperty("comparisons").GetArrayLength());
        Assert.Contains("ndcg@10: no difference between ease", alike.Output, StringComparison.Ordinal);
        Assert.Contains("each of 2 differences has an interval of 97.5 %", alike.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_at_the_end_is_held_out_by_time()
    {
        JsonElement half = Tool.Run(["compare", "--train", _shop.Interactions, "--algorithms", "popularity,item-knn", "--holdout", "0.5", .. Quick, "--json"]).Succeeded().Json;
        string[] times = [.. File.ReadLines(_shop.Interactions).Skip(1)];
        int at = Array.IndexOf(File.ReadLines(_shop.Interactions).First().Split(','), "at");
        DateTimeOffset[] sorted = [.. times.Select(row => DateTimeOffset.Parse(row.Split(',')[at], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)).Order()];

        Assert.Equal(sorted[sorted.Length / 2], half.GetProperty("cut").GetDateTimeOffset());
    }

    [Fact]
    public void Semicolons_divide_algorithms_whose_options_have_commas()
    {
        JsonElement compared = Tool.Run(["compare", "--train", _shop.Interactions, "--algorithms", "hybrid --members item-knn,popularity --trials 5; repeat", .. Quick, "--json"]).Succeeded().Json;

        Assert.Equal(["hybrid --members item-knn,popularity --trials 5", "repeat"], compared.GetProperty("algorithms").EnumerateArray().Select(Name));
    }

    [Fact]
    public void Equal_calls_give_equal_figures_whatever_the_threads()
    {
        string[] call = ["compare", "--train", _shop.Interactions, "--algorithms", "als --factors 4 --iterations 2,co-occurrence,content", "--items", _shop.Items, .. Quick, "--json"];

        Assert.Equal(
            Tool.Run([.. call, "--threads", "1"]).Succeeded().Json.GetProperty("comparisons").ToString(),
            Tool.Run([.. call, "--threads", "3"]).Succeeded().Json.GetProperty("comparisons").ToString());
    }

    [Fact]
    public void A_file_without_times_is_split_at_random_by_a_seed_and_the_advice_says_how()
    {
        using var folder = new TemporaryFolder();
        string[] rows = File.ReadAllLines(_shop.Interactions);
        int at = Array.IndexOf(rows[0].Split(','), "at");
        string timeless = folder.Write("timeless.csv", string.Join('\n', rows.Select(row => string.Join(',', row.Split(',').Where((_, i) => i != at)))) + "\n");
        string[] call = ["compare", "--train", timeless, "--algorithms", "ease,popularity", .. Quick];

        Tool.Run(call).FailedWith(ExitCode.BadInput, "Give the rows times in the column 'at', or hold some of them out with --split random.");
        JsonElement one = Tool.Run([.. call, "--split", "random", "--json"]).Succeeded().Json;
        JsonElement again = Tool.Run([.. call, "--split", "random", "--json"]).Succeeded().Json;
        JsonElement other = Tool.Run([.. call, "--split", "random", "--split-seed", "2", "--json"]).Succeeded().Json;
        CommandResult tuned = Tool.Run("tune", "--interactions", timeless, "--algorithm", "ease", "--trials", "2", "--keep-consumed", "--split", "random").Succeeded();

        Assert.Equal(JsonValueKind.Null, one.GetProperty("cut").ValueKind);
        Assert.Equal(one.GetProperty("comparisons").ToString(), again.GetProperty("comparisons").ToString());
        Assert.NotEqual(one.GetProperty("comparisons").ToString(), other.GetProperty("comparisons").ToString());
        Assert.Contains("their test rows drawn at random", tuned.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("--split", tuned.Output.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--algorithms names only 'als'. Name two or more", "als")]
    [InlineData("--algorithms: 'als' is there twice", "als,als")]
    [InlineData("--algorithms: an entry is empty", "als,,ease")]
    [InlineData("--algorithm must be one of", "als,easy")]
    [InlineData("--neighbours has no effect with --algorithm als", "als --neighbours 3,ease")]
    [InlineData("--algorithms: 'als --factors x'", "als --factors x,ease")]
    [InlineData("'svd' predicts ratings and is measured by its errors, but 'als' ranks items", "als,svd")]
    [InlineData("--metrics has no effect on predicted ratings", "baseline,svd", "--metrics", "hr@10")]
    [InlineData("learns from examples with a label", "als,logistic")]
    [InlineData("compares what the shop says about its items", "als,content")]
    [InlineData("--split divides the file of --train", "als,ease", "--test", "t.csv", "--split", "random")]
    [InlineData("--split-seed has no effect without --split random", "als,ease", "--split-seed", "2")]
    [InlineData("--test-since has no effect without --test", "als,ease", "--test-since", "2026-01-01")]
    [InlineData("Leave one of them out", "als,ease", "--test", "t.csv", "--holdout", "0.1")]
    [InlineData("--holdout must be above 0 and below 1", "als,ease", "--holdout", "1")]
    public void What_cannot_be_compared_is_refused(string expected, string algorithms, params string[] options)
    {
        CommandResult result = Tool.Run(["compare", "--train", _shop.Interactions, "--algorithms", algorithms, .. options]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    private static string? Name(JsonElement entry) => entry.GetProperty("name").GetString();
}
