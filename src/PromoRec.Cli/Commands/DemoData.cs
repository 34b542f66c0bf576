using PromoRec.Interactions;

namespace PromoRec.Cli.Commands;

/// <summary>The shop that the demo runs on.</summary>
/// <param name="Origin">Where it comes from, as the beginning of a sentence.</param>
/// <param name="Interactions">What customers did.</param>
/// <param name="Catalog">The offers and items.</param>
/// <param name="Segments">Which segments customers are in.</param>
internal sealed record DemoData(
    string Origin, IReadOnlyList<Interaction> Interactions, CatalogSnapshot Catalog, IReadOnlyDictionary<UserId, IReadOnlySet<string>> Segments);
