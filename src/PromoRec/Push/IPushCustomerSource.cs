namespace PromoRec.Push;

/// <summary>Tells the engine what the host knows of a customer. Implement it over the host's own customers.</summary>
/// <remarks>Any number of threads may call it. Whatever it throws reaches the caller of the engine, and nothing is sent.</remarks>
public interface IPushCustomerSource
{
    /// <summary>Finds a customer.</summary>
    /// <returns>The customer; null for one of whom nothing is known, who is then decided about on the safe side.</returns>
    ValueTask<PushCustomer?> FindAsync(UserId userId, CancellationToken cancellationToken = default);
}
