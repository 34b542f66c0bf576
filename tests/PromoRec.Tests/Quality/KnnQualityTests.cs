using System.Globalization;
using PromoRec.Datasets;
using PromoRec.Evaluation;
using PromoRec.Interactions;
using PromoRec.Training.Knn;

namespace PromoRec.Tests.Quality;

/// <summary>Nearest neighbours have the measured and published figures on the published splits.</summary>
public sealed class KnnQualityTests(ITestOutputHelper output)
{
    private const string Item75 = "research-only/ml-100k/recommenders-item75";

    [Theory]
    [InlineData(40)]
    [InlineData(100)]
    [InlineData(500)]
    public void Gowalla(int neighbours)
    {
        ItemProtocol protocol = ItemProtocol.FullCatalog("research-only/gowalla");
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var model = new ItemKnnTrainer(new KnnOptions { Neighbours = neighbours }).Train(protocol.Train);
        output.WriteLine($"{watch.Elapsed}");
        EvaluationResult result = protocol.Evaluate(ItemScorer.FromModel(model), "recall@20,ndcg@20");
        output.WriteLine($"{result["recall@20"].Mean} {result["ndcg@20"].Mean} {watch.Elapsed}");
        Assert.Equal(0.1273, result["recall@20"].Mean, 0.00001);
    }

    [Theory]
    [InlineData(true, 0.114038, 0.393819, 0.340615, 0.185377)]
    [InlineData(false, 0.115363, 0.396173, 0.342206, 0.186896)]
    public void The_published_figures_of_SAR_are_met_to_all_digits(bool decays, double map, double ndcg, double precision, double recall)
    {
        ItemProtocol protocol = Item75Protocol(decays ? TimeSpan.FromDays(30) : null);
        KnnOptions sar = new() { Similarity = KnnSimilarity.Jaccard, Neighbours = 1_000_000, IncludeSelf = true };

        EvaluationResult result = protocol.Evaluate(ItemScorer.FromModel(new ItemKnnTrainer(sar).Train(protocol.Train)), "map@10,ndcg@10,precision@10,recall@10");

        output.WriteLine($"{result.Users} {result["map@10"].Mean} {result["ndcg@10"].Mean} {result["precision@10"].Mean} {result["recall@10"].Mean}");
        Assert.Equal(943, result.Users);
        Assert.Equal(map, result["map@10"].Mean, 0.0000005);
        Assert.Equal(ndcg, result["ndcg@10"].Mean, 0.0000005);
        Assert.Equal(precision, result["precision@10"].Mean, 0.0000005);
        Assert.Equal(recall, result["recall@10"].Mean, 0.0000005);
    }

    private static ItemProtocol Item75Protocol(TimeSpan? halfLife)
    {
        DatasetOptions options = new();
        options.Weights.SetHalfLife(halfLife);
        var builder = new DatasetBuilder(options);
        foreach (string[] row in DataTable.Rows(Item75 + "/train.tsv.gz"))
        {
            DateTimeOffset at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(row[3], CultureInfo.InvariantCulture));
            builder.Add(new Interaction(row[0], (ItemId)row[1], InteractionKind.Rating, at) { Value = double.Parse(row[2], CultureInfo.InvariantCulture) });
        }

        UserItem[] test = [.. DataTable.Rows(Item75 + "/test.tsv.gz").Select(row => new UserItem(row[0], row[1]))];
        return new ItemProtocol(builder.Build(), test, null);
    }
}
