using System.Globalization;
using PromoRec.Datasets;
using PromoRec.Evaluation;
using PromoRec.Interactions;
using PromoRec.Training.Popularity;

namespace PromoRec.Tests.Quality;

/// <summary>The popularity baseline needs no training: where it has its published figures, the protocols are right.</summary>
public sealed class PopularityQualityTests
{
    [Theory]
    [InlineData("research-only/ncf-ml-1m/ml-1m", 6_040, 0.4532, 0.4538, 0.2542)]
    [InlineData("research-only/deepcf-lastfm/lastfm", 1_741, 0.6617, 0.6651, 0.3866)]
    public void The_popularity_baseline_has_its_published_figures_among_99_negatives(string prefix, int users, double lowHitRate, double highHitRate, double ndcg)
    {
        ItemProtocol protocol = ItemProtocol.LeaveOneOut(prefix);

        EvaluationResult result = protocol.Evaluate(ItemScorer.Popularity(protocol.Train), "hr@10,ndcg@10");

        // The figures are those of several orders of ties; ours is one of them. They are given to four digits.
        Assert.Equal(users, result.Users);
        Assert.InRange(result["hr@10"].Mean, lowHitRate - 0.00005, highHitRate + 0.00005);
        Assert.Equal(ndcg, result["ndcg@10"].Mean, 0.0016);
    }

    [Fact]
    public void The_popularity_baseline_has_its_figures_on_the_full_catalog_of_gowalla()
    {
        ItemProtocol protocol = ItemProtocol.FullCatalog("research-only/gowalla");

        EvaluationResult result = protocol.Evaluate(ItemScorer.Popularity(protocol.Train), "recall@20,ndcg@20");

        Assert.Equal((29_858, 0, 0), (result.Users, result.UnknownUsers, result.SeenPairs));
        Assert.Equal(0.0416, result["recall@20"].Mean, 0.0001);
        Assert.Equal(0.0317, result["ndcg@20"].Mean, 0.0001);
    }

    [Theory]
    [InlineData("research-only/ncf-ml-1m/ml-1m", 0.4532, 0.4538, 0.2542)]
    [InlineData("research-only/deepcf-lastfm/lastfm", 0.6617, 0.6651, 0.3866)]
    public void A_model_of_popularity_has_the_published_figures_too_where_no_event_has_a_time(string prefix, double lowHitRate, double highHitRate, double ndcg)
    {
        ItemProtocol protocol = ItemProtocol.LeaveOneOut(prefix, keepEvents: true);

        EvaluationResult result = protocol.Evaluate(ItemScorer.FromModel(new PopularityTrainer().Train(protocol.Train)), "hr@10,ndcg@10");

        Assert.InRange(result["hr@10"].Mean, lowHitRate - 0.00005, highHitRate + 0.00005);
        Assert.Equal(ndcg, result["ndcg@10"].Mean, 0.0016);
    }

    [Fact]
    public void A_model_of_popularity_has_the_measured_figures_of_gowalla()
    {
        ItemProtocol protocol = ItemProtocol.FullCatalog("research-only/gowalla", keepEvents: true);

        EvaluationResult result = protocol.Evaluate(ItemScorer.FromModel(new PopularityTrainer().Train(protocol.Train)), "recall@20,ndcg@20");

        Assert.Equal(0.0416, result["recall@20"].Mean, 0.0001);
        Assert.Equal(0.0317, result["ndcg@20"].Mean, 0.0001);
    }

    [Fact]
    public void What_is_popular_of_late_is_taken_more_often_than_what_was_popular_at_any_time()
    {
        DateTimeOffset cut = new(1998, 3, 1, 0, 0, 0, TimeSpan.Zero);
        var builder = new DatasetBuilder(new DatasetOptions { KeepEvents = true });
        List<UserItem> test = [];
        foreach (string[] row in DataTable.Rows("research-only/ml-100k/ratings.tsv.gz"))
        {
            DateTimeOffset at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(row[3], CultureInfo.InvariantCulture));
            if (at >= cut)
            {
                test.Add(new UserItem(row[0], row[1]));
            }
            else
            {
                builder.Add(new Interaction(row[0], (ItemId)row[1], InteractionKind.Rating, at));
            }
        }

        ItemProtocol protocol = new(builder.Build(), test, null);
        double[] recall = [.. new TimeSpan?[] { null, TimeSpan.FromDays(30) }.Select(halfLife =>
            protocol.Evaluate(ItemScorer.FromModel(new PopularityTrainer(new PopularityOptions { HalfLife = halfLife }).Train(protocol.Train)), "recall@20")["recall@20"].Mean)];

        Assert.InRange(recall[0], 0.11, 0.12);
        Assert.True(recall[1] > recall[0] + 0.01, $"With a half-life {recall[1]}, without {recall[0]}.");
    }
}
