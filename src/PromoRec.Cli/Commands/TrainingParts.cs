using PromoRec.Datasets;
using PromoRec.Interactions;

namespace PromoRec.Cli.Commands;

/// <summary>Parts of training data, for learning curves.</summary>
/// <param name="run">Makes the parts.</param>
/// <param name="dataset">What counts.</param>
/// <param name="read">All of it; read once for every part, so that files larger than memory can be divided.</param>
internal sealed class TrainingParts(TrainingRun run, DatasetOptions dataset, Func<IEnumerable<Interaction>> read)
{
    private long[]? _times;

    /// <summary>What customers did with some of what they did anything with, drawn; a larger share includes a smaller one.</summary>
    public TrainingSet Drawn(double share) => run.BuildSet(read().Where(interaction => StableShare.Has(interaction, share)), dataset);

    /// <summary>The earliest events of known time: a share of them, and those of the same time as the last of these. Events of unknown time belong to every part.</summary>
    /// <returns>Null where no event has a time, or where the part would be all of them.</returns>
    public TrainingSet? Earliest(double share)
    {
        _times ??= [.. read().Select(interaction => interaction.At.UtcTicks).Where(ticks => ticks != 0).Order()];
        if (_times.Length == 0)
        {
            return null;
        }

        long last = _times[(int)Math.Ceiling(share * _times.Length) - 1];
        return last == _times[^1] ? null : run.BuildSet(read().Where(interaction => interaction.At.UtcTicks <= last), dataset);
    }
}
