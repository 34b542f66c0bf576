using System.Text.Json;

namespace PromoRec.Cli.Tests.Commands;

/// <summary>Items are said to be alike by the measure of their model.</summary>
public sealed class SimilarTests(SimulatedShop shop) : IClassFixture<SimulatedShop>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("cosine", "als", "--factors", "4", "--iterations", "2")]
    [InlineData("cosine", "item-knn")]
    [InlineData("jaccard", "item-knn", "--similarity", "jaccard")]
    [InlineData("adjusted-cosine", "item-knn", "--similarity", "adjusted-cosine")]
    [InlineData("share of cosine", "item-knn", "--normalize-weights")]
    [InlineData("cosine", "user-knn", "--similarity", "jaccard")]
    [InlineData("weight", "ease")]
    [InlineData("lift", "co-occurrence", "--measure", "lift")]
    [InlineData("confidence", "co-occurrence")]
    [InlineData("cosine", "content", "--items", "ITEMS")]
    [InlineData("group share", "interest", "--items", "ITEMS")]
    [InlineData("weighted sum", "hybrid", "--members", "item-knn,popularity", "--trials", "5")]
    public void The_column_and_the_json_name_the_measure(string measure, string algorithm, params string[] options)
    {
        string model = _folder["m"];
        Tool.Run(["fit", "--interactions", shop.Interactions, "--algorithm", algorithm, .. options.Select(option => option == "ITEMS" ? shop.Items : option), "--out", model]).Succeeded();
        string text = Tool.Run("similar", "--model", model, "--item", "i00012").Succeeded().Output;
        JsonElement json = Tool.Run("similar", "--model", model, "--item", "i00012", "--json").Succeeded().Json;

        Assert.Matches($"(?m)^  place  item +{measure}\r?$", text);
        Assert.Equal(measure, json.GetProperty("measure").GetString());
        double[] similarities = [.. json.GetProperty("similar").EnumerateArray().Select(one => one.GetProperty("similarity").GetDouble())];
        Assert.NotEmpty(similarities);
        Assert.Equal(similarities.OrderDescending(), similarities);
    }

    [Theory]
    [InlineData("msd", "rating-knn", "--item-based")]
    [InlineData("pearson", "rating-knn", "--item-based", "--rating-similarity", "pearson")]
    [InlineData("cosine", "svd", "--epochs", "2")]
    public void Models_of_ratings_name_it_too(string measure, string algorithm, params string[] options)
    {
        string ratings = _folder.Write("r.tsv", RatingFile.Text());
        Tool.Run(["fit", "--interactions", ratings, "--columns", "value=rating,at=timestamp", "--algorithm", algorithm, .. options, "--out", _folder["m"]]).Succeeded();

        Assert.Equal(measure, Tool.Run("similar", "--model", _folder["m"], "--item", "i1", "--json").Succeeded().Json.GetProperty("measure").GetString());
    }
}
