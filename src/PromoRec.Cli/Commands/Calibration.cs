namespace PromoRec.Cli.Commands;

/// <summary>What turns scores into probabilities.</summary>
internal enum Calibration
{
    None,
    Platt,
    Isotonic,
}
