using PromoRec.Models;
using PromoRec.Scoring;

namespace PromoRec.Ranking;

/// <summary>What one request knows of its customer: from the model's data, and from events since.</summary>
internal readonly ref struct CustomerView
{
    private CustomerView(UserId userId, RecommendationModel? model, int row, CustomerActivity? activity, ICustomerDirectory? directory)
    {
        Model = model;
        Activity = activity;
        Known = model is null ? new KnownCustomer { Row = -1 } : KnownTo(userId, model, row, activity?.FoldedFor(model), directory);
    }

    public RecommendationModel? Model { get; }

    public CustomerActivity? Activity { get; }

    /// <summary>In the rows of the model.</summary>
    public KnownCustomer Known { get; }

    /// <param name="userId">The customer.</param>
    /// <param name="state">The model in use.</param>
    /// <param name="activity">What they did since the training; null where that is nothing.</param>
    /// <param name="directory">Who is in which segment; null when nobody is known to be in any.</param>
    public static CustomerView Of(UserId userId, RankingState state, CustomerActivity? activity, ICustomerDirectory? directory)
    {
        RecommendationModel? model = state.Model;
        int row = model is not null && model.Users.TryGetRow(userId.Value, out int found) ? found : -1;
        return new CustomerView(userId, model, row, activity, directory);
    }

    /// <summary>What a model's own data says of a customer.</summary>
    public static KnownCustomer Trained(RecommendationModel model, int row) => KnownTo(default, model, row, folded: null, directory: null);

    private static KnownCustomer KnownTo(UserId userId, RecommendationModel model, int row, FoldedActivity? folded, ICustomerDirectory? directory)
    {
        if (folded is not null)
        {
            return new KnownCustomer { Row = row, User = userId, Directory = directory, IsFolded = true, Items = folded.ItemRows, Values = folded.Values, Consumed = folded.Consumed, Vectors = folded.Vectors };
        }

        InteractionHistory history = model.History;
        bool hasPast = row >= 0 && row < history.ByUser.Rows;
        return new KnownCustomer
        {
            Row = row,
            User = userId,
            Directory = directory,
            Items = hasPast ? history.ByUser.ColumnsOf(row) : [],
            Values = hasPast ? history.ByUser.ValuesOf(row) : [],
            Consumed = row >= 0 && row < history.ConsumedItems.Rows ? history.ConsumedItems.ColumnsOf(row) : [],
        };
    }
}
