using PromoRec.Candidates;
using PromoRec.Models;
using PromoRec.Numerics;

namespace PromoRec.Ranking;

/// <summary>Finds the offers a customer has redeemed or whose items they purchased, in the model's data and in the events since.</summary>
internal static class ConsumptionMarks
{
    /// <summary>Marks every offer of the catalog.</summary>
    public static Span<Consumption> Find(RankingState state, in CustomerView customer, RankScratch scratch)
    {
        CompiledCatalog catalog = state.Catalog;
        Span<Consumption> marks = scratch.Consumed(catalog.Count);
        Span<int> purchased = scratch.PurchasedTargets(catalog.Count);
        ReadOnlySpan<int> pastItems = default;
        int userRow = customer.Known.Row;
        if (customer.Model is { } model && userRow >= 0)
        {
            MarkPastOffers(state, model.History, userRow, marks);
            pastItems = userRow < model.History.ConsumedItems.Rows ? model.History.ConsumedItems.ColumnsOf(userRow) : default;
        }

        foreach (int item in pastItems)
        {
            Purchase(catalog.PurchaseTargets, state.TargetOfModelItem[item], purchased, marks);
        }

        if (customer.Activity is { } activity)
        {
            MarkRecent(state, customer, activity, pastItems, purchased, marks);
        }

        return marks;
    }

    private static void MarkPastOffers(RankingState state, InteractionHistory history, int userRow, Span<Consumption> marks)
    {
        CsrMatrix consumed = history.ConsumedOffers;
        if (userRow >= consumed.Rows)
        {
            return;
        }

        foreach (int offer in consumed.ColumnsOf(userRow))
        {
            int row = state.RowOfModelOffer[offer];
            if (row >= 0)
            {
                marks[row] |= Consumption.Redeemed;
            }
        }
    }

    private static void MarkRecent(RankingState state, in CustomerView customer, CustomerActivity activity, ReadOnlySpan<int> pastItems, Span<int> purchased, Span<Consumption> marks)
    {
        foreach (OfferId offer in activity.RedeemedOffers)
        {
            if (state.Catalog.TryGetRow(offer, out int row))
            {
                marks[row] |= Consumption.Redeemed;
            }
        }

        PurchaseTargets targets = state.Catalog.PurchaseTargets;
        foreach (ItemId item in activity.ConsumedItems)
        {
            // An item may count once only, however often it was purchased.
            bool counted = customer.Model is { } model && model.Items.TryGetRow(item.Value, out int itemRow) && pastItems.BinarySearch(itemRow) >= 0;
            if (!counted)
            {
                Purchase(targets, targets.NumberOf(item), purchased, marks);
            }
        }
    }

    private static void Purchase(PurchaseTargets targets, int number, Span<int> purchased, Span<Consumption> marks)
    {
        if (number < 0)
        {
            return;
        }

        foreach (int row in targets.OffersOf(number))
        {
            if (++purchased[row] == targets.Required[row])
            {
                marks[row] |= Consumption.Purchased;
            }
        }
    }
}
