using PromoRec.Datasets;
using PromoRec.Interactions;

namespace PromoRec.Cli.Commands;

/// <summary>What a model learns from.</summary>
/// <param name="Dataset">The data.</param>
/// <param name="Options">How they were made of interactions.</param>
/// <param name="Interactions">The interactions, for what learns from more than customers and items; null where nothing asked for them.</param>
internal sealed record TrainingSet(InteractionDataset Dataset, DatasetOptions Options, IReadOnlyList<Interaction>? Interactions = null);
