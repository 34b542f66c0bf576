namespace PromoRec.Cli.Output;

/// <summary>An item and how many test customers were recommended it.</summary>
internal sealed record RecommendedCount(string Item, int Customers);
