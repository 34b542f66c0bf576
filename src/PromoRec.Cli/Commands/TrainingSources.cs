using System.CommandLine;
using PromoRec.Cli.Reading;

namespace PromoRec.Cli.Commands;

/// <summary>What a family of models may need beside interactions; files are read when it asks for them, and once.</summary>
internal sealed class TrainingSources(ParseResult parsed, CatalogOptions catalog, DatasetCommandOptions dataset, BadRows badRows, CancellationToken cancellationToken)
{
    private List<Item>? _items;
    private Dictionary<UserId, IReadOnlySet<string>>? _segments;

    /// <summary>Reads the offers that a stacked hybrid learns from; null where none were named.</summary>
    public Func<TrainingSources, OfferSource?> Offers { get; init; } = _ => null;

    /// <summary>Why there are no offers, and what to do, for commands that read none.</summary>
    public string WithoutOffers { get; init; } = "Name the offers file with --offers FILE";

    /// <summary>Whether an items file was named.</summary>
    public bool HasItems => parsed.GetValue(catalog.Items) is not null;

    public List<Item> ReadItems() => _items ??= catalog.ReadItems(parsed, badRows, cancellationToken);

    public Dictionary<UserId, IReadOnlySet<string>> ReadSegments() => _segments ??= catalog.ReadSegments(parsed, badRows, cancellationToken);

    /// <summary>The half-life that was given, null for never; otherwise what a family has unless set.</summary>
    public TimeSpan? HalfLifeOr(TimeSpan? unlessSet) => dataset.HalfLife(parsed, unlessSet);
}
