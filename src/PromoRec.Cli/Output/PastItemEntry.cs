namespace PromoRec.Cli.Output;

/// <summary>What an item of the customer's past adds to a score, with its sign.</summary>
internal sealed record PastItemEntry(string Item, double Contribution);
