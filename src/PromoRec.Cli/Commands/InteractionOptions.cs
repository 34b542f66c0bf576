using System.CommandLine;
using PromoRec.Cli.Output;
using PromoRec.Cli.Reading;
using PromoRec.Interactions;

namespace PromoRec.Cli.Commands;

/// <summary>Options that say which interactions are read, and how.</summary>
/// <param name="prefix">Nothing, or what the names begin with where a command reads two files: "test-".</param>
/// <param name="input">The options that all files of the command share.</param>
internal sealed class InteractionOptions(string prefix, InputOptions input)
{
    private readonly Option<string?> _columns = OptionFactory.Text(
        $"--{prefix}columns", "NAME=HEADER,...", Describe(prefix, "Read other header names, such as user=customer_id,item=sku,at=time, and ignore the rest"));

    private readonly Option<string?> _kind = OptionFactory.Text($"--{prefix}kind", "KIND", Describe(prefix, "Kind of rows that do not name one; purchase unless set, and rating where ratings are predicted"));

    private readonly Option<string?> _since = OptionFactory.Text($"--{prefix}since", "TIME", Describe(prefix, "Leave out what was before"));

    private readonly Option<string?> _until = OptionFactory.Text($"--{prefix}until", "TIME", Describe(prefix, "Leave out what was then or later"));

    public void AddTo(Command command)
    {
        command.Options.Add(_columns);
        command.Options.Add(_kind);
        command.Options.Add(_since);
        command.Options.Add(_until);
    }

    /// <summary>One of these options that was given, so that a command that does not read this file can refuse it.</summary>
    public Option? FirstGiven(ParseResult parsed) => new Option[] { _columns, _kind, _since, _until }.FirstOrDefault(option => OptionFactory.IsGiven(parsed, option));

    /// <exception cref="UsageException">A value cannot be used.</exception>
    public InteractionReadOptions Read(ParseResult parsed, bool itemsAreOffers = false, bool ratings = false)
    {
        string? kind = parsed.GetValue(_kind);
        if (kind is not null && !InteractionKind.IsValidName(kind))
        {
            throw new UsageException($"{_kind.Name}: '{kind}' cannot be a kind. Expected 1 to 64 ASCII letters, digits, '-' or '_', such as purchase or view.");
        }

        var options = new InteractionReadOptions
        {
            Mapping = ColumnMapping.Parse(parsed.GetValue(_columns), InteractionReader.Columns, _columns.Name),
            DefaultKind = kind is not null ? new InteractionKind(kind) : ratings ? InteractionKind.Rating : InteractionKind.Purchase,
            Since = input.Time(parsed, _since),
            Until = input.Time(parsed, _until),
            Zone = input.Zone(parsed),
            ItemsAreOffers = itemsAreOffers,
        };
        return options.Until <= options.Since ? throw new UsageException($"{_until.Name} must be later than {_since.Name}.") : options;
    }

    /// <summary>Reads a file with a line of progress now and then.</summary>
    public static IEnumerable<Interaction> Stream(InteractionReader reader, ProgressLine progress, CancellationToken cancellationToken)
    {
        foreach (Interaction interaction in reader.ReadAll(cancellationToken))
        {
            if ((reader.Count & 0x3FFF) == 0)
            {
                progress.Show(() => Describe(reader));
            }

            yield return interaction;
        }
    }

    /// <summary>How far a reader is.</summary>
    public static string Describe(InteractionReader reader) => $"reading: {Quantity.Count(reader.Count, "row", "rows")}";

    private static string Describe(string prefix, string description) =>
        prefix.Length == 0 ? description : $"In the {prefix.TrimEnd('-')} file: {char.ToLowerInvariant(description[0])}{description[1..]}";
}
