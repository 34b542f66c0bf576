using PromoRec.Cli.Reading;
using PromoRec.Datasets;
using PromoRec.Evaluation;
using PromoRec.Interactions;

namespace PromoRec.Cli.Commands;

/// <summary>Data to train on and test customers, of which a search uses a share of the customers at first.</summary>
internal sealed class TuneData(CommandEnvironment environment, TrainingRun run, InteractionSplit split, TestRows test, DatasetOptions dataset)
{
    private readonly Dictionary<double, (TrainingData Data, TestRows Test)> _parts = [];

    /// <summary>Customers who have something in the test.</summary>
    public int TestCustomers { get; } = test.Items.Select(row => row.User).Distinct().Count();

    /// <summary>The data of a share of the customers; those of a larger share include them.</summary>
    public (TrainingData Data, TestRows Test) Of(double share)
    {
        if (!_parts.TryGetValue(share, out (TrainingData Data, TestRows Test) part))
        {
            environment.Cancellation.ThrowIfCancellationRequested();
            List<UserItem> rows = [.. test.Items.Where(row => StableShare.Has(row.User, share))];
            part = (run.Build([.. split.Train.Where(interaction => StableShare.Has(interaction.User, share))], dataset), test with { Items = rows });
            _parts.Add(share, part);
        }

        return part;
    }

    /// <summary>The ratings to predict of a share of the customers.</summary>
    public UserRating[] RatingsOf(double share) =>
        RatingRows.ToPredict(split.Test.Where(interaction => interaction.Kind == InteractionKind.Rating && !interaction.Item.IsEmpty && StableShare.Has(interaction.User, share)));
}
