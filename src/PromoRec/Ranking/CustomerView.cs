using PromoRec.Models;
using PromoRec.Numerics;

namespace PromoRec.Ranking;

/// <summary>What one request knows of its customer: from the model's data, and from events since.</summary>
internal readonly ref struct CustomerView
{
    private CustomerView(FactorModel? model, int row, CustomerActivity? activity)
    {
        Model = model;
        Row = row;
        Activity = activity;
        Folded = model is null ? null : activity?.VectorFor(model);
        Vector = Folded is not null ? Folded.Vector.Row(0) : row >= 0 ? model!.UserFactors.Row(row) : [];

        // A vector of zeros says as little as none: such a customer gets what is popular.
        if (!(VectorMath.SquaredNorm(Vector) > 0))
        {
            Vector = [];
        }
    }

    public FactorModel? Model { get; }

    /// <summary>The customer's row in the model, or -1.</summary>
    public int Row { get; }

    public CustomerActivity? Activity { get; }

    public FoldedCustomer? Folded { get; }

    /// <summary>Padded like a row of factors; empty where nothing is known.</summary>
    public ReadOnlySpan<float> Vector { get; }

    public static CustomerView Of(UserId userId, RankingState state, RecentActivity recent)
    {
        FactorModel? model = state.Insight?.Model;
        int row = model is not null && model.Users.TryGetRow(userId.Value, out int found) ? found : -1;
        return new CustomerView(model, row, recent.Find(userId));
    }

    public PastItems PastItems(RankScratch scratch)
    {
        if (Folded is not null)
        {
            return Ranking.PastItems.Strongest(Model!.Objective, Folded.ItemRows, Folded.Values, scratch);
        }

        if (Model is null || Row < 0 || Row >= Model.History.ByUser.Rows)
        {
            return default;
        }

        CsrMatrix past = Model.History.ByUser;
        return Ranking.PastItems.Strongest(Model.Objective, past.ColumnsOf(Row), past.ValuesOf(Row), scratch);
    }
}
