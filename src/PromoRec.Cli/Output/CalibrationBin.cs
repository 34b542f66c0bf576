namespace PromoRec.Cli.Output;

/// <summary>Examples whose predicted probabilities are near each other: how many there are, their mean probability, and the share of them that is true.</summary>
internal sealed record CalibrationBin(int Examples, double Probability, double True);
