namespace PromoRec.Cli.Output;

/// <summary>What a feature adds to a score, with its sign.</summary>
internal sealed record ContributionEntry(string Feature, double Value, double Weight, double Contribution);
