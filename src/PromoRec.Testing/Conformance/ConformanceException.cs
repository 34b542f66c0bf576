namespace PromoRec.Testing.Conformance;

/// <summary>A store or channel does not keep a promise.</summary>
public sealed class ConformanceException : Exception
{
    /// <summary>Creates the failure.</summary>
    /// <param name="check">The name of the check.</param>
    /// <param name="seed">The seed with which it failed.</param>
    /// <param name="message">What was promised, expected and found.</param>
    /// <param name="innerException">What the store threw, where that was the failure.</param>
    public ConformanceException(string check, ulong seed, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Check = check;
        Seed = seed;
    }

    /// <summary>The name of the check.</summary>
    public string Check { get; }

    /// <summary>The seed with which it failed.</summary>
    public ulong Seed { get; }
}
