using System.CommandLine;
using System.Globalization;
using PromoRec.Datasets;
using PromoRec.Interactions;

namespace PromoRec.Cli.Commands;

/// <summary>Options that say how interactions become training data.</summary>
internal sealed class DatasetCommandOptions
{
    private readonly Option<string?> _weights = OptionFactory.Text(
        "--weights", "KIND=X,...", "Weight of each kind of interaction where it is not the usual one, such as view=0.3,wishlist=0.5");

    private readonly Option<double> _halfLife = OptionFactory.Real("--half-life", "Days after which an interaction counts half; 0 for never", 0, 0, includingLeast: true);

    private readonly Option<Named<ValueAggregation>> _aggregation = OptionFactory.Choice(
        "--aggregation",
        "What becomes of several interactions of a customer with an item; latest unless set with ratings",
        ValueAggregation.Sum,
        new("sum", ValueAggregation.Sum),
        new("max", ValueAggregation.Max),
        new("latest", ValueAggregation.Latest));

    public void AddTo(Command command)
    {
        command.Options.Add(_weights);
        command.Options.Add(_halfLife);
        command.Options.Add(_aggregation);
    }

    /// <summary>One of these options that was given, so that a command that does not train can refuse it.</summary>
    public Option? FirstGiven(ParseResult parsed) => new Option[] { _weights, _halfLife, _aggregation }.FirstOrDefault(option => OptionFactory.IsGiven(parsed, option));

    /// <param name="parsed">The command line.</param>
    /// <param name="ratings">Whether ratings are learnt from: then nothing else counts unless --weights says so, and the latest of a customer and an item does.</param>
    /// <exception cref="UsageException">A weight cannot be used, or ratings would fade.</exception>
    public DatasetOptions Read(ParseResult parsed, bool ratings = false)
    {
        var options = new DatasetOptions { Aggregation = ratings && !OptionFactory.IsGiven(parsed, _aggregation) ? ValueAggregation.Latest : parsed.GetRequiredValue(_aggregation).Value };
        foreach (InteractionKind kind in options.Weights.Kinds.Where(kind => ratings && kind != InteractionKind.Rating))
        {
            options.Weights[kind] = new InteractionWeight(0);
        }

        foreach (string pair in (parsed.GetValue(_weights) ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] parts = pair.Split('=', StringSplitOptions.TrimEntries);
            if (parts.Length != 2 || !InteractionKind.IsValidName(parts[0])
                || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double weight) || !(Math.Abs(weight) <= 1_000_000))
            {
                throw new UsageException($"{_weights.Name}: '{pair}' is not of the form KIND=X with X from -1,000,000 to 1,000,000, such as view=0.3.");
            }

            options.Weights[new InteractionKind(parts[0])] = new InteractionWeight(weight);
        }

        if (HalfLife(parsed, null) is { } halfLife)
        {
            if (ratings)
            {
                throw new UsageException($"{_halfLife.Name} would turn old ratings into low ones. Leave it out.");
            }

            options.Weights.SetHalfLife(halfLife);
        }

        return options;
    }

    /// <summary>The half-life that was given, null for never, or what it is unless given.</summary>
    /// <exception cref="UsageException">It is too long.</exception>
    public TimeSpan? HalfLife(ParseResult parsed, TimeSpan? unlessSet)
    {
        double days = parsed.GetValue(_halfLife);
        return !OptionFactory.IsGiven(parsed, _halfLife) ? unlessSet
            : days > 36_500 ? throw new UsageException($"{_halfLife.Name} must be at most 36,500 days, but is {days}.")
            : days > 0 ? TimeSpan.FromDays(days)
            : null;
    }
}
