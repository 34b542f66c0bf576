namespace PromoRec.Tests.Ranking;

/// <summary>A directory of customers who are in the segments that a test says.</summary>
internal sealed class Segments(params (UserId User, string Segment)[] members) : ICustomerDirectory
{
    private readonly HashSet<(UserId User, string Segment)> _members = [.. members];

    public int Questions { get; private set; }

    public bool IsInSegment(UserId userId, string segment)
    {
        Questions++;
        return _members.Contains((userId, segment));
    }
}
