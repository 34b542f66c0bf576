using System.CommandLine;
using PromoRec.Cli.Output;
using PromoRec.Cli.Reading;

namespace PromoRec.Cli.Commands;

/// <summary>Options that say what the shop knows of its items and customers: for models that learn from it, and for offers that aim at it.</summary>
internal sealed class CatalogOptions
{
    private readonly Option<string?> _columns = OptionFactory.Text("--items-columns", "NAME=HEADER,...", "Read other header names in the items file, such as id=sku,categories=department");

    public Option<string?> Items { get; } = OptionFactory.Text("--items", "FILE", "What the shop says about its items, where offers aim at categories or brands, or a model learns from it");

    public Option<string?> Customers { get; } = OptionFactory.Text("--customers", "FILE", "Segments of the customers, with columns user,segments");

    private IEnumerable<Option> All => [Items, _columns, Customers];

    public void AddTo(Command command)
    {
        foreach (Option option in All)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>One of these options that was given although nothing uses it.</summary>
    public Option? FirstUseless(ParseResult parsed, bool usesItems, bool usesCustomers)
    {
        List<Option> useless = usesItems ? [] : [Items, _columns];
        useless.AddRange(usesCustomers ? [] : [Customers]);
        return useless.Find(option => OptionFactory.IsGiven(parsed, option));
    }

    /// <summary>Tells which of these files are not read, so that one command line can be tried with all algorithms.</summary>
    public void SayUseless(ParseResult parsed, bool usesItems, bool usesCustomers, string who, ProgressLine progress)
    {
        Option[] files = [.. usesItems ? Array.Empty<Option>() : [Items], .. usesCustomers ? Array.Empty<Option>() : [Customers]];
        foreach (Option file in files.Where(file => OptionFactory.IsGiven(parsed, file)))
        {
            progress.Say($"note: the file of {file.Name} is not read, because {who} not learn from it.");
        }
    }

    /// <summary>The items; none where no file was named.</summary>
    public List<Item> ReadItems(ParseResult parsed, BadRows badRows, CancellationToken cancellationToken)
    {
        ColumnMapping mapping = ColumnMapping.Parse(parsed.GetValue(_columns), ItemReader.Columns, _columns.Name);
        return parsed.GetValue(Items) is { } path ? ItemReader.Read(path, mapping, badRows, cancellationToken) : [];
    }

    /// <summary>The segments of every customer that has some; none where no file was named.</summary>
    public Dictionary<UserId, IReadOnlySet<string>> ReadSegments(ParseResult parsed, BadRows badRows, CancellationToken cancellationToken) =>
        parsed.GetValue(Customers) is { } path ? CustomerReader.Read(path, badRows, cancellationToken) : [];
}
