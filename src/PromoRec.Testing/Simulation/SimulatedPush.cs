namespace PromoRec.Testing.Simulation;

/// <summary>One push that the simulated shop chose, sent or held back, with what could follow and what did.</summary>
/// <remarks>
/// Held-back pushes are the control group: chosen in the same way and then not sent at random. Outcomes are drawn from the
/// probabilities given here, so they can be checked against them. A reaction later than the last event of the simulation is recorded here but is no event.
/// </remarks>
public sealed record SimulatedPush
{
    /// <summary>Number of the push, unique in the simulation and without order; <see cref="SimulatedEvent.Push"/> refers to it.</summary>
    public required int Number { get; init; }

    /// <summary>The customer's number.</summary>
    public required int Customer { get; init; }

    /// <summary>The customer.</summary>
    public required UserId UserId { get; init; }

    /// <summary>The offer's number.</summary>
    public required int Offer { get; init; }

    /// <summary>The offer.</summary>
    public required OfferId OfferId { get; init; }

    /// <summary>The channel, each of those that the customer agreed to with the same probability.</summary>
    public required SimulatedChannel Channel { get; init; }

    /// <summary>When, in UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Whether it was sent; otherwise it was held back.</summary>
    public required bool Sent { get; init; }

    /// <summary>Id of the impression among the interactions; null when the push was held back.</summary>
    public required string? EventId { get; init; }

    /// <summary>The offers that could have been picked, with their probabilities, which sum to 1.</summary>
    public required IReadOnlyList<OfferChoice> Choices { get; init; }

    /// <summary>That the logging policy picked this offer.</summary>
    public required double OfferPropensity { get; init; }

    /// <summary>That it picked this channel.</summary>
    public required double ChannelPropensity { get; init; }

    /// <summary>That a chosen push was sent: 1 less <see cref="SimulatorOptions.HoldoutShare"/>.</summary>
    public required double SendPropensity { get; init; }

    /// <summary>That exactly this happened: the offer, the channel, and sent or held back.</summary>
    public double Propensity => OfferPropensity * ChannelPropensity * (Sent ? SendPropensity : 1 - SendPropensity);

    /// <summary>Sum over the customer's earlier pushes of e to the power of minus their age in weeks.</summary>
    public required double Fatigue { get; init; }

    /// <summary>The true probabilities of what follows.</summary>
    public required PushOdds Odds { get; init; }

    /// <summary>That the customer redeems when pushed.</summary>
    public double RedemptionProbabilityIfPushed => Odds.RedeemIfPushed;

    /// <summary>That the customer redeems when not pushed.</summary>
    public double RedemptionProbabilityIfNotPushed => Odds.RedeemIfNotPushed;

    /// <summary>When the customer redeemed the offer; null if they did not.</summary>
    public required DateTimeOffset? RedeemedAt { get; init; }

    /// <summary>Whether the customer redeemed the offer.</summary>
    public bool Redeemed => RedeemedAt is not null;

    /// <summary>Whether the customer clicked.</summary>
    public required bool Clicked { get; init; }

    /// <summary>Whether the customer dismissed it.</summary>
    public required bool Dismissed { get; init; }

    /// <summary>Whether the customer unsubscribed.</summary>
    public required bool Unsubscribed { get; init; }
}
