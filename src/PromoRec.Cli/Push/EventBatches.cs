namespace PromoRec.Cli.Push;

/// <summary>Puts attempts of the same instant together, because they compete with each other.</summary>
internal static class EventBatches
{
    /// <summary>The attempts of each instant, in the order of time.</summary>
    public static IEnumerable<IReadOnlyList<PushEvent>> ByInstant(IEnumerable<PushEvent> events)
    {
        List<PushEvent> same = [];
        foreach (PushEvent one in events)
        {
            if (same.Count > 0 && same[0].At != one.At)
            {
                yield return same;
                same = [];
            }

            same.Add(one);
        }

        if (same.Count > 0)
        {
            yield return same;
        }
    }
}
