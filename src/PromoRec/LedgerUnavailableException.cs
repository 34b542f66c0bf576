namespace PromoRec;

/// <summary>A store of reservations or consent cannot answer, so nothing may be sent. It is not known whether the operation took effect: repeat it with the same key.</summary>
public sealed class LedgerUnavailableException : PromoRecException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="fault">What kind of failure it is.</param>
    /// <param name="message">What is wrong and what to do; no personal data.</param>
    /// <param name="innerException">What the driver said.</param>
    public LedgerUnavailableException(LedgerFault fault, string message, Exception? innerException = null)
        : base(fault == LedgerFault.IncompatibleSchema ? PromoRecErrorCode.IncompatibleStore : PromoRecErrorCode.StoreUnavailable, message, innerException) => Fault = fault;

    /// <summary>What kind of failure it is.</summary>
    public LedgerFault Fault { get; }
}
