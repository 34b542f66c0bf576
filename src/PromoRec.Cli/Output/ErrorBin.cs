namespace PromoRec.Cli.Output;

/// <summary>Predictions that are about as far off: how far (predicted - true, the middle of the bin), and the share of all that they are.</summary>
internal sealed record ErrorBin(double Error, double Share);
