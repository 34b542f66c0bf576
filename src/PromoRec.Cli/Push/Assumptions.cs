namespace PromoRec.Cli.Push;

/// <summary>What is taken of customers of whom a file does not say it.</summary>
/// <param name="Consent">Whether they can be reached everywhere and have agreed to everything.</param>
/// <param name="Country">Their country; null for one that nobody knows.</param>
/// <param name="Zone">The time zone of their profile; null for one that nobody knows.</param>
internal sealed record Assumptions(bool Consent, string? Country, string? Zone);
