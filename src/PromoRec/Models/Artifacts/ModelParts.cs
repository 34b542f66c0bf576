using PromoRec.Datasets;

namespace PromoRec.Models.Artifacts;

/// <summary>What the file of a model of any family holds.</summary>
/// <param name="Users">Ids of the customers.</param>
/// <param name="Items">Ids of the items.</param>
/// <param name="History">The training data.</param>
/// <param name="Manifest">Where the model comes from.</param>
internal sealed record ModelParts(IdIndex Users, IdIndex Items, InteractionHistory History, ModelManifest Manifest);
