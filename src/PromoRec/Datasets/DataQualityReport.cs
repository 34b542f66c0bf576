namespace PromoRec.Datasets;

/// <summary>What a dataset builder noticed in the events it was given. Counts only: no ids, no personal data.</summary>
/// <remarks>
/// An event that is left out is counted once, under the first cause that applies in this order, so <see cref="Events"/> is the sum of
/// <see cref="Duplicates"/>, <see cref="Orphans"/>, <see cref="FutureTimes"/>, <see cref="OutlierUserEvents"/> and <see cref="Kept"/>.
/// </remarks>
public sealed record DataQualityReport
{
    /// <summary>Events that were added, whatever became of them.</summary>
    public long Events { get; init; }

    /// <summary>Events left out because there is another event with the same event id.</summary>
    public long Duplicates { get; init; }

    /// <summary>Event ids that came with more than one content. The latest event is kept, whichever came first.</summary>
    public long ConflictingDuplicates { get; init; }

    /// <summary>Events left out because they name an item or offer that is not known to the dataset options.</summary>
    public long Orphans { get; init; }

    /// <summary>Events left out because they lie after the time at which the data was taken.</summary>
    public long FutureTimes { get; init; }

    /// <summary>Customers with so many events that they are probably not people: above the limit in the dataset options.</summary>
    public long OutlierUsers { get; init; }

    /// <summary>Events left out because their customer is an outlier. Always 0 unless the dataset options exclude outliers.</summary>
    public long OutlierUserEvents { get; init; }

    /// <summary>Events that were not left out.</summary>
    public long Kept { get; init; }

    /// <summary>Kept events whose value was so large that it was cut to the limit in the dataset options.</summary>
    public long OutlierValues { get; init; }

    /// <summary>Kept events whose kind has weight 0 and which therefore say nothing about taste.</summary>
    public long Weightless { get; init; }

    /// <summary>Kept events whose time is not known: they do not decay.</summary>
    public long UnknownTimes { get; init; }

    /// <summary>Time of the first event with a known time, duplicates aside; null where no time is known.</summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>Time of the last event with a known time, duplicates aside and future times included; null where no time is known.</summary>
    public DateTimeOffset? Last { get; init; }

    /// <summary>The time from which ages were counted; null where none was set and no event has a known time.</summary>
    public DateTimeOffset? AsOf { get; init; }
}
