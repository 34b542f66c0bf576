namespace PromoRec.Cli.Output;

/// <summary>Where an algorithm stands: its mean, how far it is behind the best, the interval of that (null for the best), and whether it is surely behind.</summary>
internal sealed record CompareRank(string Name, double Mean, double Behind, double[]? Interval, bool IsBehind);
