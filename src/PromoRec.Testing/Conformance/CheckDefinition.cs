namespace PromoRec.Testing.Conformance;

/// <summary>A check as a suite keeps it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Promise">What is promised, as a sentence.</param>
/// <param name="Needs">What the store must let the suite do, as the flags of the suite's own kind.</param>
internal abstract record CheckDefinition(string Name, string Promise, int Needs);
