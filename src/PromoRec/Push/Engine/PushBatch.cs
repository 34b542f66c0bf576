
namespace PromoRec.Push.Engine;

/// <summary>Many requests in the order of the specification: priority, score, offer id. Those of one customer count each other.</summary>
internal static class PushBatch
{
    /// <summary>The positions of requests in the order in which they are decided.</summary>
    public static int[] OrderOf(IReadOnlyList<PushRequest> requests)
    {
        int[] order = [.. Enumerable.Range(0, requests.Count)];
        Array.Sort(order, (left, right) => Compare(requests[left], requests[right]) is var byRank and not 0 ? byRank : left.CompareTo(right));
        return order;
    }

    // A score that is not a number comes last.
    private static int Compare(PushRequest left, PushRequest right) =>
        right.Priority.CompareTo(left.Priority) is var byPriority and not 0 ? byPriority
        : right.Score.CompareTo(left.Score) is var byScore and not 0 ? byScore
        : left.Offer.Id.CompareTo(right.Offer.Id);
}
