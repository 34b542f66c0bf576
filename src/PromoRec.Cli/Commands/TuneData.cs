using PromoRec.Datasets;
using PromoRec.Evaluation;

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
            List<UserItem> rows = [.. test.Items.Where(row => IsIn(row.User, share))];
            part = (run.Build([.. split.Train.Where(interaction => IsIn(interaction.User, share))], dataset), test with { Items = rows });
            _parts.Add(share, part);
        }

        return part;
    }

    /// <summary>Whether a customer belongs to a share: by a hash of the id, so that neither the order of the file nor the machine matters.</summary>
    private static bool IsIn(UserId user, double share)
    {
        // FNV-1a, and the last step of MurmurHash3, because ids that differ in their last digit alone would else stay near each other.
        ulong hash = 0xCBF29CE484222325;
        foreach (char letter in user.ToString())
        {
            hash = (hash ^ letter) * 0x100000001B3;
        }

        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCD;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53;
        return ((hash ^ (hash >> 33)) >> 11) * (1.0 / (1UL << 53)) < share;
    }
}
