namespace PromoRec;

/// <summary>A failure that a host can act on, told apart by <see cref="Code"/>.</summary>
/// <remarks>The message says what is wrong, what was found, what was expected and what to do. It holds no personal data.</remarks>
public class PromoRecException : Exception
{
    /// <summary>Creates a failure with its code.</summary>
    public PromoRecException(PromoRecErrorCode code, string message, Exception? innerException = null)
        : base(message, innerException) => Code = code;

    /// <summary>What went wrong.</summary>
    public PromoRecErrorCode Code { get; }
}
