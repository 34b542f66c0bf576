using PromoRec.Models;

namespace PromoRec.Ranking;

/// <summary>All that is known of a customer with events since the training, in the rows of a model. Immutable.</summary>
/// <param name="Model">The model.</param>
/// <param name="ItemRows">Rows of the items with which the customer did something, ascending.</param>
/// <param name="Values">What they did with each.</param>
/// <param name="Consumed">Rows of the items that they purchased or redeemed, ascending.</param>
/// <param name="Vector">The customer's factors; null where the model has none.</param>
internal sealed record FoldedActivity(RecommendationModel Model, int[] ItemRows, float[] Values, int[] Consumed, FoldedCustomer? Vector);
