namespace PromoRec.Cli.Output;

/// <summary>What <c>simulate --json</c> writes.</summary>
internal sealed record SimulateReport(
    string Folder, IReadOnlyList<string> Files, int Customers, int Items, int Offers, long Interactions, long Pushes, ulong Seed, double Seconds);
