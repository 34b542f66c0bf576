using PromoRec.Datasets;
using PromoRec.Evaluation;
using PromoRec.Interactions;

namespace PromoRec.Tests.Quality;

/// <summary>A published split of a data set: what is trained on, what was held out, and what is ranked.</summary>
/// <param name="Train">What is trained on.</param>
/// <param name="Test">What was held out.</param>
/// <param name="Candidates">What is ranked for each customer; null for the full catalog.</param>
internal sealed record ItemProtocol(InteractionDataset Train, IReadOnlyList<UserItem> Test, IReadOnlyList<UserItem>? Candidates)
{
    /// <summary>Leave-one-out with 99 published negatives a customer, after He et al., "Neural collaborative filtering", WWW 2017.</summary>
    public static ItemProtocol LeaveOneOut(string prefix, bool keepEvents = false)
    {
        UserItem[] candidates = [.. DataTable.Rows(prefix + ".negatives.tsv.gz").SelectMany(row => row.Skip(2).Select(item => new UserItem(row[0], item)))];
        return new ItemProtocol(Dataset(prefix + ".train.tsv.gz", keepEvents), Pairs(prefix + ".test.tsv.gz"), candidates);
    }

    /// <summary>Everything but the training items is ranked, after Wang et al., "Neural graph collaborative filtering", SIGIR 2019.</summary>
    public static ItemProtocol FullCatalog(string folder, bool keepEvents = false) => new(Dataset(folder + "/train.tsv.gz", keepEvents), Pairs(folder + "/test.tsv.gz"), null);

    public EvaluationResult Evaluate(ItemScorer scorer, string metrics) =>
        new RankingEvaluator(new EvaluationOptions { Resamples = 100 }).EvaluateItems(scorer, Test, RankingMetric.ParseList(metrics), Candidates);

    private static InteractionDataset Dataset(string file, bool keepEvents)
    {
        var builder = new DatasetBuilder(new DatasetOptions { KeepEvents = keepEvents });
        foreach (UserItem pair in Pairs(file))
        {
            builder.Add(new Interaction(pair.User, pair.Item, InteractionKind.Purchase, default));
        }

        return builder.Build();
    }

    private static UserItem[] Pairs(string file) => [.. DataTable.Rows(file).Select(row => new UserItem(row[0], row[1]))];
}
