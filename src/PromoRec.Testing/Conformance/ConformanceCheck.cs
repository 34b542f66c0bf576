namespace PromoRec.Testing.Conformance;

/// <summary>One promise that a suite checks.</summary>
/// <param name="Name">Its name, such as "caps-are-exact"; stable, so that a test can be named after it.</param>
/// <param name="Promise">What is promised, as a sentence.</param>
/// <param name="SkipReason">Why it cannot be checked with what the author lets the suite do; null when it can.</param>
public sealed record ConformanceCheck(string Name, string Promise, string? SkipReason);
