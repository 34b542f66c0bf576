using PromoRec.Datasets;
using PromoRec.Numerics;

namespace PromoRec.Models;

/// <summary>The part of the training data that a model keeps. Customers and items have the model's rows; an imported model has no entries.</summary>
/// <param name="ByUser">Customers × items, the dataset's values.</param>
/// <param name="ConsumedItems">Customers × items: 1 where purchased or redeemed.</param>
/// <param name="Offers">The offers that events named.</param>
/// <param name="ConsumedOffers">Customers × offers: 1 where redeemed or purchased.</param>
/// <param name="ItemPopularity">For every item the number of customers with a positive value.</param>
internal sealed record InteractionHistory(CsrMatrix ByUser, CsrMatrix ConsumedItems, IdIndex Offers, CsrMatrix ConsumedOffers, ReadOnlyMemory<float> ItemPopularity)
{
    /// <summary>For each value of <see cref="ByUser"/> the day of the latest event behind it, counted from 0001-01-01 UTC, or 0 where its time is not known; empty where no time is.</summary>
    public ReadOnlyMemory<int> LastDays { get; init; }

    /// <summary>The days of one customer's values; empty where no time is known.</summary>
    public ReadOnlySpan<int> LastDaysOf(int userRow) =>
        LastDays.IsEmpty ? [] : LastDays.Span[(int)ByUser.Offsets[userRow]..(int)ByUser.Offsets[userRow + 1]];
}
