namespace PromoRec.Cli.Output;

/// <summary>What <c>import --json</c> writes.</summary>
internal sealed record ImportReport(string Model, string Version, int Users, int Items, int Factors);
