namespace PromoRec.Consumer.Tests;

/// <summary>A customer directory over a loyalty programme.</summary>
internal sealed class LoyaltyDirectory : ICustomerDirectory
{
    public bool IsInSegment(UserId userId, string segment) => segment == "gold" && userId == "ann";
}
