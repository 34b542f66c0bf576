using PromoRec.Models;
using PromoRec.Numerics;
using PromoRec.Scoring;

namespace PromoRec.Ranking;

/// <summary>What one request knows of its customer: from the model's data, and from events since.</summary>
internal readonly ref struct CustomerView
{
    private CustomerView(RecommendationModel? model, int row, CustomerActivity? activity)
    {
        Model = model;
        Activity = activity;
        Known = model is null ? new KnownCustomer { Row = -1 } : KnownTo(model, row, activity?.FoldedFor(model));
    }

    public RecommendationModel? Model { get; }

    public CustomerActivity? Activity { get; }

    /// <summary>In the rows of the model.</summary>
    public KnownCustomer Known { get; }

    /// <param name="userId">The customer.</param>
    /// <param name="state">The model in use.</param>
    /// <param name="activity">What they did since the training; null where that is nothing.</param>
    public static CustomerView Of(UserId userId, RankingState state, CustomerActivity? activity)
    {
        RecommendationModel? model = state.Model;
        int row = model is not null && model.Users.TryGetRow(userId.Value, out int found) ? found : -1;
        return new CustomerView(model, row, activity);
    }

    private static KnownCustomer KnownTo(RecommendationModel model, int row, FoldedActivity? folded)
    {
        // A vector of zeros says as little as none: such a customer gets what is popular.
        ReadOnlySpan<float> vector = folded?.Vector is { } solved ? solved.Vector.Row(0) : row >= 0 && model.Factor is { } factors ? factors.UserFactors.Row(row) : [];
        if (!(VectorMath.SquaredNorm(vector) > 0))
        {
            vector = [];
        }

        if (folded is not null)
        {
            return new KnownCustomer { Row = row, IsFolded = true, Items = folded.ItemRows, Values = folded.Values, Consumed = folded.Consumed, Vector = vector };
        }

        InteractionHistory history = model.History;
        bool hasPast = row >= 0 && row < history.ByUser.Rows;
        return new KnownCustomer
        {
            Row = row,
            Items = hasPast ? history.ByUser.ColumnsOf(row) : [],
            Values = hasPast ? history.ByUser.ValuesOf(row) : [],
            Consumed = row >= 0 && row < history.ConsumedItems.Rows ? history.ConsumedItems.ColumnsOf(row) : [],
            Vector = vector,
        };
    }
}
