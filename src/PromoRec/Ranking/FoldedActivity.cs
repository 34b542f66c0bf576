using PromoRec.Models;

namespace PromoRec.Ranking;

/// <summary>All that is known of a customer with events since the training, in the rows of a model. Immutable.</summary>
/// <param name="Model">The model.</param>
/// <param name="ItemRows">Rows of the items with which the customer did something, ascending.</param>
/// <param name="Values">What they did with each.</param>
/// <param name="Consumed">Rows of the items that they purchased or redeemed, ascending.</param>
/// <param name="Vectors">The customer's factors in each of the model's <see cref="RecommendationModel.FoldingModels"/>.</param>
internal sealed record FoldedActivity(RecommendationModel Model, int[] ItemRows, float[] Values, int[] Consumed, FoldedCustomer[] Vectors);
