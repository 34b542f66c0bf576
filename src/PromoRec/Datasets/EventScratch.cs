namespace PromoRec.Datasets;

/// <summary>What one thread needs to read a list of events.</summary>
/// <param name="events">The list.</param>
internal sealed class EventScratch(EventList events)
{
    /// <summary>Room for the numbers of a column of a block.</summary>
    public long[] Numbers { get; } = new long[Math.Min(events.Count, EventList.BlockLength)];

    /// <summary>Room for the events of a block.</summary>
    public StoredEvent[] Events => field ??= new StoredEvent[Numbers.Length];
}
