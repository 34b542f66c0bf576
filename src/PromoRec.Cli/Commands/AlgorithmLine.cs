using System.CommandLine;
using System.Globalization;

namespace PromoRec.Cli.Commands;

/// <summary>An algorithm with its options in one text: "als --factors 64". The options are those of <c>fit</c>.</summary>
internal sealed class AlgorithmLine
{
    private readonly TrainingCommandOptions _training;
    private readonly ParseResult _parsed;

    private AlgorithmLine(string text, TrainingCommandOptions training, ParseResult parsed)
    {
        Text = text;
        _training = training;
        _parsed = parsed;
    }

    /// <summary>The text, with single blanks.</summary>
    public string Text { get; }

    /// <summary>The name of the algorithm alone.</summary>
    public string Algorithm => _training.Algorithm(_parsed);

    /// <summary>Whether it predicts ratings, so that it is measured by its errors.</summary>
    public bool PredictsRatings => _training.LearnsRatings(_parsed);

    /// <summary>Whether the family learns from the single events with their times.</summary>
    public bool NeedsEvents => _training.NeedsEvents(_parsed);

    /// <summary>Whether the family learns from what the shop says about its items.</summary>
    public bool UsesItems => _training.UsesItems(_parsed);

    /// <summary>Whether the family learns from the segments of customers.</summary>
    public bool UsesCustomers => _training.UsesCustomers(_parsed);

    /// <summary>Reads a list: "als --factors 64,item-knn,popularity"; with semicolons instead of commas where an option has commas itself.</summary>
    /// <param name="option">The option that the list is of, for messages.</param>
    /// <param name="text">The list.</param>
    /// <param name="threads">Threads of the training.</param>
    /// <exception cref="UsageException">An entry is not an algorithm that learns from interactions, or has options that it does not know, or is there twice.</exception>
    public static List<AlgorithmLine> ParseList(string option, string text, int threads)
    {
        List<AlgorithmLine> lines = [.. text.Split(text.Contains(';', StringComparison.Ordinal) ? ';' : ',', StringSplitOptions.TrimEntries).Select(entry => Parse(option, entry, threads))];
        return lines.GroupBy(line => line.Text, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } same
            ? throw new UsageException($"{option}: '{same.Key}' is there twice. Name it once, or give one of them other options.")
            : lines;
    }

    /// <summary>Reads one algorithm with its options.</summary>
    /// <exception cref="UsageException">It is not an algorithm that learns from interactions, or has options that it does not know.</exception>
    public static AlgorithmLine Parse(string option, string text, int threads)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            throw new UsageException($"{option}: an entry is empty. Expected algorithms, each with its options where it has any, such as \"als --factors 64,item-knn,popularity\".");
        }

        var training = new TrainingCommandOptions();
        var command = new Command("algorithm");
        training.AddTo(command);
        ParseResult parsed = command.Parse(["--algorithm", .. words, "--threads", threads.ToString(CultureInfo.InvariantCulture)]);
        if (parsed.Errors.Count > 0)
        {
            throw new UsageException($"{option}: '{text}': {parsed.Errors[0].Message}");
        }

        training.RefuseLinear(parsed);
        return new AlgorithmLine(string.Join(' ', words), training, parsed);
    }

    /// <summary>Whether an option is in the text.</summary>
    public bool Gives(string option) => _parsed.CommandResult.Command.Options.FirstOrDefault(one => one.Name == option) is { } found && OptionFactory.IsGiven(_parsed, found);

    /// <summary>What trains the model.</summary>
    /// <exception cref="UsageException">Values do not fit together, or an option is of another family.</exception>
    public ModelTrainer Trainer(TrainingSources sources) => _training.Read(_parsed, sources);
}
