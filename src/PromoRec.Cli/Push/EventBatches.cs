using PromoRec.Push;

namespace PromoRec.Cli.Push;

/// <summary>Puts attempts of the same instant in the order in which they would be decided together: by priority, score and offer.</summary>
internal static class EventBatches
{
    public static IEnumerable<PushEvent> InOrder(IEnumerable<PushEvent> events)
    {
        var same = new List<PushEvent>();
        foreach (PushEvent one in events)
        {
            if (same.Count > 0 && same[0].At != one.At)
            {
                foreach (PushEvent earlier in Ordered(same))
                {
                    yield return earlier;
                }

                same.Clear();
            }

            same.Add(one);
        }

        foreach (PushEvent last in Ordered(same))
        {
            yield return last;
        }
    }

    /// <summary>The requests in the order of the specification; those that are equal stay as they are.</summary>
    public static IEnumerable<T> Order<T>(IEnumerable<T> all, Func<T, PushRequest> requestOf) => all
        .OrderByDescending(one => requestOf(one).Priority)
        .ThenByDescending(one => requestOf(one).Score)
        .ThenBy(one => requestOf(one).Offer.Id.ToString(), StringComparer.Ordinal);

    private static IEnumerable<PushEvent> Ordered(List<PushEvent> events) => events.Count < 2 ? events : Order(events, one => one.Request).ToArray();
}
