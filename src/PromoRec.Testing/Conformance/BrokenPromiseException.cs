namespace PromoRec.Testing.Conformance;

/// <summary>What a check throws when it finds something else than it expects; the suite adds the check's name and seed.</summary>
internal sealed class BrokenPromiseException(string message, Exception? innerException = null) : Exception(message, innerException);
