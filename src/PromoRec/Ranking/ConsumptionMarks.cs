using PromoRec.Candidates;
using PromoRec.Models;
using PromoRec.Numerics;

namespace PromoRec.Ranking;

/// <summary>Finds the offers a customer has redeemed or purchased already, in the model's data and in the events since.</summary>
internal static class ConsumptionMarks
{
    /// <summary>Marks, for every offer of the catalog, how the customer came to have it.</summary>
    public static Span<Consumption> Find(RankingState state, in CustomerView customer, RankScratch scratch)
    {
        CompiledCatalog catalog = state.Catalog;
        Span<Consumption> marks = scratch.Consumed(catalog.Count);
        Span<int> purchased = scratch.PurchasedTargets(catalog.Count);
        ReadOnlySpan<int> pastItems = default;
        if (customer.Model is { } model && customer.Row >= 0)
        {
            MarkPastOffers(state, model.History, customer.Row, marks);
            pastItems = customer.Row < model.History.ConsumedItems.Rows ? model.History.ConsumedItems.ColumnsOf(customer.Row) : default;
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

        ReadOnlySpan<int> offers = consumed.ColumnsOf(userRow);
        ReadOnlySpan<float> how = consumed.ValuesOf(userRow);
        for (int i = 0; i < offers.Length; i++)
        {
            int row = state.RowOfModelOffer[offers[i]];
            if (row >= 0)
            {
                marks[row] |= (Consumption)(byte)how[i] & (Consumption.Redeemed | Consumption.Purchased);
            }
        }
    }

    private static void MarkRecent(RankingState state, in CustomerView customer, CustomerActivity activity, ReadOnlySpan<int> pastItems, Span<int> purchased, Span<Consumption> marks)
    {
        foreach ((OfferId offer, Consumption how) in activity.Offers)
        {
            if (state.Catalog.TryGetRow(offer, out int row))
            {
                marks[row] |= how;
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
