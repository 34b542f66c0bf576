using PromoRec.Evaluation;

namespace PromoRec.Tests.Evaluation;

public sealed class RankingMetricTests
{
    [Fact]
    public void A_list_of_metrics_is_read_and_written_by_name()
    {
        const string Text = "hr@10,ndcg@10,recall@20,precision@5,f1@10,map@10,mrr@10,auc,coverage@10,novelty@10";

        Assert.Equal(Text, string.Join(',', RankingMetric.ParseList(Text)));
    }

    [Fact]
    public void Case_and_spaces_do_not_matter() =>
        Assert.Equal([new(RankingMetricKind.Ndcg, 5), new(RankingMetricKind.Auc, 0)], RankingMetric.ParseList(" NDCG@5 , Auc "));

    [Fact]
    public void An_unknown_name_is_refused_with_its_place_and_the_names_that_are_allowed()
    {
        FormatException error = Assert.Throws<FormatException>(() => RankingMetric.ParseList("hr@10, ndgc@10"));

        Assert.Equal(
            "Metric 2 of the list, at character 8, is 'ndgc@10', which is not known. "
            + "Allowed are: hr@k, precision@k, recall@k, f1@k, ndcg@k, map@k, mrr@k, auc, coverage@k, novelty@k.",
            error.Message);
    }

    [Theory]
    [InlineData("hr")]
    [InlineData("hr@")]
    [InlineData("hr@0")]
    [InlineData("hr@-1")]
    [InlineData("hr@ten")]
    [InlineData("hr@1e1")]
    [InlineData("hr@100001")]
    [InlineData("hr@99999999999999999999")]
    public void A_cutoff_that_is_missing_or_not_a_number_in_range_is_refused(string text) =>
        Assert.Contains($"is '{text}', which needs a cut-off from 1 to 100000: 'hr@10', for instance.", Assert.Throws<FormatException>(() => RankingMetric.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Auc_takes_no_cutoff() =>
        Assert.Contains("auc has no cut-off", Assert.Throws<FormatException>(() => RankingMetric.Parse("auc@10")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void An_empty_list_is_refused(string text) =>
        Assert.Contains("empty", Assert.Throws<FormatException>(() => RankingMetric.ParseList(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_metric_that_is_there_twice_is_refused() =>
        Assert.Contains("Metric 3 of the list, at character 11, is 'hr@10'", Assert.Throws<FormatException>(() => RankingMetric.ParseList("HR@10,auc,hr@10")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_metric_is_made_only_with_a_cutoff_in_range()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RankingMetric(RankingMetricKind.Recall, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RankingMetric(RankingMetricKind.Auc, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RankingMetric((RankingMetricKind)99, 10));
    }
}
