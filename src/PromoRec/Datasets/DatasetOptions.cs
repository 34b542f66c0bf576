using PromoRec.Interactions;

namespace PromoRec.Datasets;

/// <summary>How events become a dataset.</summary>
public sealed class DatasetOptions
{
    /// <summary>The weight, half-life and floor of every kind of event.</summary>
    public InteractionWeights Weights { get; set; } = new();

    /// <summary>How several events of one customer with one item are combined: added unless set.</summary>
    public ValueAggregation Aggregation { get; set; } = ValueAggregation.Sum;

    /// <summary>
    /// The time at which the data is taken. Ages are counted from it, and later events are left out. Unless set, the time of the
    /// latest event, so that nothing is left out.
    /// </summary>
    public DateTimeOffset? AsOf { get; set; }

    /// <summary>The items there are. Events that name another are left out as orphans. Null, as it is unless set, accepts every item.</summary>
    public IReadOnlySet<ItemId>? KnownItems { get; set; }

    /// <summary>The offers there are. Events that name another are left out as orphans. Null, as it is unless set, accepts every offer.</summary>
    public IReadOnlySet<OfferId>? KnownOffers { get; set; }

    /// <summary>Largest size of an event's value; larger ones are cut to it and counted. Above 0, or null for no limit, as it is unless set.</summary>
    public double? MaxValue { get; set; }

    /// <summary>Most events a customer may have before they count as an outlier, a robot for instance: 1 or more; 100,000 unless set.</summary>
    public int MaxEventsPerUser { get; set; } = 100_000;

    /// <summary>Whether all events of outlier customers are left out. False unless set: they are only counted.</summary>
    public bool ExcludeOutlierUsers { get; set; }

    /// <summary>
    /// Whether the dataset keeps the single events with their times and kinds, 18 bytes each, beside the value of each pair. Popularity, trends and
    /// co-occurrence are learnt from them. False unless set.
    /// </summary>
    public bool KeepEvents { get; set; }

    /// <summary>Most threads that work on a dataset while it is built; 0, as it is unless set, for one a processor. The dataset is the same for any number.</summary>
    public int Threads { get; set; }

    internal DatasetOptions Copy()
    {
        var copy = (DatasetOptions)MemberwiseClone();
        copy.Weights = Weights.Copy();
        return copy;
    }

    /// <summary>
    /// How a part of the events that a dataset keeps becomes a dataset like it, where each comes with its kind and with its weight as the value: a kind then adds no more than the sign, and what was left out or cut is gone already. Decay, floor and
    /// aggregation stay.
    /// </summary>
    internal DatasetOptions ForKeptEvents()
    {
        DatasetOptions options = Copy();
        foreach (InteractionKind kind in options.Weights.Kinds)
        {
            options.Weights[kind] = options.Weights[kind] with { Weight = Math.Sign(options.Weights[kind].Weight) };
        }

        options.MaxValue = null;
        options.KnownItems = null;
        options.KnownOffers = null;
        options.MaxEventsPerUser = int.MaxValue;
        options.ExcludeOutlierUsers = false;
        options.KeepEvents = true;
        return options;
    }
}
