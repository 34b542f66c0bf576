namespace PromoRec.Cli.Output;

/// <summary>The limit of the re-ranking that held an offer back: the category or brand, and the most places.</summary>
internal sealed record LimitEntry(string Name, int Most);
