namespace PromoRec.Datasets;

/// <summary>What a dataset builder noticed in the events it was given. Counts only: no ids, no personal data.</summary>
public sealed record DataQualityReport
{
    /// <summary>Events that were added, whatever became of them.</summary>
    public long Events { get; init; }

    /// <summary>Events left out because an event with the same event id was there already.</summary>
    public long Duplicates { get; init; }

    /// <summary>Events among <see cref="Duplicates"/> that had another content than the one kept.</summary>
    public long ConflictingDuplicates { get; init; }

    /// <summary>Events left out because they name an item or offer that is not in the catalog the builder was given.</summary>
    public long Orphans { get; init; }

    /// <summary>Events left out because they lie after the time at which the data was taken.</summary>
    public long FutureTimes { get; init; }

    /// <summary>Customers with so many events that they are probably not people: above the limit in the dataset options.</summary>
    public long OutlierUsers { get; init; }

    /// <summary>Events whose value was so large that it was cut to the limit in the dataset options.</summary>
    public long OutlierValues { get; init; }

    /// <summary>Events whose kind has weight 0 and which therefore say nothing about taste.</summary>
    public long Weightless { get; init; }

    /// <summary>Time of the first event with a known time.</summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>Time of the last event with a known time.</summary>
    public DateTimeOffset? Last { get; init; }
}
