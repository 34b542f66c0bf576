namespace PromoRec;

/// <summary>What the host knows about its customers. Implement it to use offers that are for certain segments only.</summary>
/// <remarks>Ranking calls it on every request from any number of threads: answer from memory.</remarks>
public interface ICustomerDirectory
{
    /// <summary>Whether a customer belongs to a segment. An unknown customer or segment is no.</summary>
    bool IsInSegment(UserId userId, string segment);
}
