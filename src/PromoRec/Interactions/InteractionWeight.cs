namespace PromoRec.Interactions;

/// <summary>How much one kind of event says about taste, and how fast that fades.</summary>
/// <param name="Weight">Multiplies the event's value: above 0 for interest, below 0 for aversion, 0 for nothing. From -1,000,000 to 1,000,000.</param>
/// <param name="HalfLife">Age at which an event counts half; null for never fading. Above zero.</param>
/// <param name="Floor">The share that is left however old an event gets: 0 to 1.</param>
public readonly record struct InteractionWeight(double Weight, TimeSpan? HalfLife = null, double Floor = 0)
{
    /// <summary>Largest size of <see cref="Weight"/>.</summary>
    internal const double MaxWeight = 1_000_000;

    /// <summary>What is left of an event at an age: 1 now, exactly 0.5 at one half-life, never less than <see cref="Floor"/>.</summary>
    /// <param name="age">Time since the event; a negative age counts as zero.</param>
    public double DecayAt(TimeSpan age) => HalfLife is { } halfLife ? HalfLifeDecay.At(age.Ticks, halfLife.Ticks, Floor) : 1;

    /// <summary>What is wrong with this weight, one sentence a fault.</summary>
    internal IEnumerable<string> Faults(InteractionKind kind)
    {
        if (!(Math.Abs(Weight) <= MaxWeight))
        {
            yield return $"The weight of kind '{kind}' must be from -{MaxWeight:R} to {MaxWeight:R}, but is {Weight:R}.";
        }

        if (HalfLife is { Ticks: <= 0 } halfLife)
        {
            yield return $"The half-life of kind '{kind}' must be above zero, but is {halfLife}; null means that events do not fade.";
        }

        if (Floor is not (>= 0 and <= 1))
        {
            yield return $"The decay floor of kind '{kind}' must be from 0 to 1, but is {Floor:R}.";
        }
    }
}
