using PromoRec.Interactions;

namespace PromoRec.Datasets;

/// <summary>The single events of a dataset with their times: for models to which a sum over time says too little. Immutable.</summary>
/// <param name="offsets">customers + 1 offsets into the events.</param>
/// <param name="events">The events of each customer, by time, item and weight, so that their order does not depend on the order of arrival.</param>
/// <param name="kinds">The number of each event's kind.</param>
/// <param name="names">The kinds, by number.</param>
/// <param name="options">How some of the events become a dataset like this one; see <see cref="DatasetOptions.ForKeptEvents"/>.</param>
/// <param name="firstTicks">The earliest known time of an event; 0 for none.</param>
/// <param name="asOfTicks">The time at which the data is taken.</param>
internal sealed class EventHistory(long[] offsets, StampedEvent[] events, ushort[] kinds, InteractionKind[] names, DatasetOptions options, long firstTicks, long asOfTicks)
{
    public int Users => offsets.Length - 1;

    public ReadOnlySpan<StampedEvent> All => events;

    public ReadOnlySpan<long> Offsets => offsets;

    public long FirstTicks { get; } = firstTicks;

    public long AsOfTicks { get; } = asOfTicks;

    /// <summary>The events of one customer, the earliest first; those of unknown time come before all others.</summary>
    public ReadOnlySpan<StampedEvent> Of(int user) => events.AsSpan((int)offsets[user]..(int)offsets[user + 1]);

    /// <summary>How some of the events become a dataset like the one that keeps them, each with its kind and as its value <see cref="ValueOf"/>.</summary>
    public DatasetOptions Options => options;

    /// <summary>The kind of an event by its place among those of its customer.</summary>
    public InteractionKind KindOf(int user, int place) => names[kinds[offsets[user] + place]];

    /// <summary>The value that an event has by <see cref="Options"/>: the size is that of its weight, and the sign that of the value it came with, which tells a return from a purchase.</summary>
    public double ValueOf(int user, int place) => Options.Weights[KindOf(user, place)].Weight * Of(user)[place].Weight;

    /// <summary>What is left of an event: 1 now and where its time is not known, half at one half-life.</summary>
    /// <param name="one">The event.</param>
    /// <param name="halfLifeTicks">The half-life in ticks, above 0; 0 for no decay.</param>
    public double DecayOf(in StampedEvent one, long halfLifeTicks) => one.Ticks == 0 || halfLifeTicks == 0 ? 1 : DecayAt(AsOfTicks - one.Ticks, halfLifeTicks);

    /// <summary>What is left at an age, both in ticks.</summary>
    public static double DecayAt(long ageTicks, long halfLifeTicks) => HalfLifeDecay.At(ageTicks, halfLifeTicks, floor: 0);
}
