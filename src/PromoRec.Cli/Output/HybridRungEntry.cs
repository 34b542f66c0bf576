namespace PromoRec.Cli.Output;

/// <summary>A rung of a hybrid's ladder.</summary>
/// <param name="Tier">The kind of knowledge.</param>
/// <param name="Name">The best member of the kind.</param>
/// <param name="Value">How well it ranked what customers took later.</param>
/// <param name="Lead">By how much it led the rung below that serves.</param>
/// <param name="Serves">Whether it may answer.</param>
internal sealed record HybridRungEntry(string Tier, string Name, double Value, double Lead, bool Serves);
