namespace PromoRec.Datasets;

/// <summary>What customers did, as one entry a customer and item or offer.</summary>
/// <param name="Values">The value of every customer and item pair whose value is not zero.</param>
/// <param name="LastDays">For each value the day of the latest event behind it, counted from 0001-01-01 UTC, or 0 where its time is not known; empty where no time is.</param>
/// <param name="ConsumedItems">The items that a customer purchased or redeemed; null where they are those of <paramref name="Values"/>.</param>
/// <param name="ConsumedOffers">The offers that a customer redeemed or purchased.</param>
internal sealed record DatasetPairs(PairMatrix Values, ReadOnlyMemory<int> LastDays, PairMatrix? ConsumedItems, PairMatrix ConsumedOffers);
