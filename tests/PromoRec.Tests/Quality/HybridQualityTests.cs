using PromoRec.Evaluation;
using PromoRec.Models.Hybrid;
using PromoRec.Models.Knn;
using PromoRec.Training.Ease;
using PromoRec.Training.ImplicitAls;
using PromoRec.Training.Knn;
using PromoRec.Tuning;

namespace PromoRec.Tests.Quality;

/// <summary>Hybrids whose weights were found on a tenth of the training pairs, beside their own members.</summary>
public sealed class HybridQualityTests(ITestOutputHelper output)
{
    /// <remarks>
    /// The held-out items of this protocol are more popular than training pairs are, so that weights found on training pairs trust neighbours too much: the hybrid is ahead of item neighbours, and behind ALS.
    /// </remarks>
    [Fact]
    public void Last_fm_has_the_figures_that_it_had() => Reaches(
        ItemProtocol.LeaveOneOut("research-only/deepcf-lastfm/lastfm", keepEvents: true),
        "hr@10,ndcg@10",
        new HybridOptions(),
        [Als(64, 10, 0.03, 0.1, AlsSolver.Cholesky), ItemKnn(200, 0), UserKnn(100)],
        0.900,
        0.622);

    [Fact]
    public void MovieLens_is_ahead_of_each_member()
    {
        FullRuns.Require();

        // The first ten of a hundred are the first tenth of the catalog: hundreds of places, of which the first ten say little.
        Reaches(
            ItemProtocol.LeaveOneOut("research-only/ncf-ml-1m/ml-1m", keepEvents: true),
            "hr@10,ndcg@10",
            new HybridOptions { Metric = new RankingMetric(RankingMetricKind.Ndcg, 100), MaxCustomers = 10_000 },
            [Als(192, 12, 0.007, 0.3, AlsSolver.Cholesky), Ease(500), ItemKnn(100, 0)],
            0.7305,
            0.4555);
    }

    /// <remarks>
    /// Neighbours find held-out training pairs far better than the pairs of the published test part: item neighbours have 0.183 and ALS of 64 factors 0.157 there, but 0.148 and 0.154 here. So their weight is
    /// rather large, and the hybrid, ahead on held-out pairs, is ahead of ALS by recall only.
    /// </remarks>
    [Fact]
    public void Gowalla_has_the_figures_that_it_had_over_the_full_catalog()
    {
        FullRuns.Require();
        Reaches(
            ItemProtocol.FullCatalog("research-only/gowalla", keepEvents: true),
            "recall@20,ndcg@20",
            new HybridOptions { Metric = new RankingMetric(RankingMetricKind.Ndcg, 20) },
            [Als(512, 4, 0.004, 0.01, AlsSolver.ConjugateGradient), ItemKnn(500, 30), UserKnn(100)],
            0.185,
            0.152);
    }

    private void Reaches(ItemProtocol protocol, string metrics, HybridOptions options, HybridRecipe[] recipes, double first, double second)
    {
        HybridOutcome outcome = new HybridTrainer(options).Train(protocol.Train, recipes, cancellationToken: TestContext.Current.CancellationToken);
        foreach (LadderRung rung in outcome.Model.Ladder)
        {
            output.WriteLine($"held out: {rung}");
        }

        foreach (HybridMember member in outcome.Model.Members)
        {
            output.WriteLine($"{member.Name}, weight {member.Weight:0.000}: {Text(protocol.Evaluate(ItemScorer.FromModel(member.Model), metrics))}");
        }

        EvaluationResult result = protocol.Evaluate(ItemScorer.FromModel(outcome.Model), metrics);
        output.WriteLine($"hybrid: {Text(result)}");
        Assert.InRange(result.Metrics[0].Mean, first, 1);
        Assert.InRange(result.Metrics[1].Mean, second, 1);
    }

    private static string Text(EvaluationResult result) => string.Join(", ", result.Metrics.Select(metric => $"{metric.Metric} {metric.Mean:0.00000} ({metric.Low:0.0000} to {metric.High:0.0000})"));

    private static HybridRecipe Als(int factors, int iterations, double regularization, double unobservedWeight, AlsSolver solver)
    {
        ImplicitAlsOptions options = new()
        {
            Factors = factors,
            Iterations = iterations,
            Regularization = regularization,
            RegularizationExponent = 1,
            UnobservedWeight = unobservedWeight,
            UnobservedOver = UnobservedPairs.All,
            Solver = solver,
        };
        return new HybridRecipe("als", (dataset, stop) => new ImplicitAlsTrainer(options).Train(dataset, cancellationToken: stop));
    }

    private static HybridRecipe Ease(double regularization) =>
        new("ease", (dataset, stop) => new EaseTrainer(new EaseOptions { Regularization = regularization, MaxWeights = 10_000 }).Train(dataset, cancellationToken: stop));

    private static HybridRecipe ItemKnn(int neighbours, double shrinkage) =>
        new("item-knn", (dataset, stop) => new ItemKnnTrainer(new KnnOptions { Neighbours = neighbours, Weighting = KnnWeighting.TfIdf, Shrinkage = shrinkage }).Train(dataset, cancellationToken: stop));

    private static HybridRecipe UserKnn(int neighbours) =>
        new("user-knn", (dataset, stop) => new UserKnnTrainer(new KnnOptions { Neighbours = neighbours, Weighting = KnnWeighting.TfIdf }).Train(dataset, cancellationToken: stop));
}
