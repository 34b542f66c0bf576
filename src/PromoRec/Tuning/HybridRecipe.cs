using PromoRec.Datasets;
using PromoRec.Models;

namespace PromoRec.Tuning;

/// <summary>How a member of a hybrid is made.</summary>
/// <param name="Name">What it is called: 1 to 64 ASCII letters, digits, '-' or '_'.</param>
/// <param name="Train">Trains it. It is called twice: on what was not held out, and on everything.</param>
public sealed record HybridRecipe(string Name, Func<InteractionDataset, CancellationToken, RecommendationModel> Train);
