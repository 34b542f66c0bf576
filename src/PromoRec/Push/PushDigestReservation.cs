namespace PromoRec.Push;

/// <summary>What was decided about a digest, and the one place that is held for it.</summary>
/// <param name="Reservation">The decision about the message as a whole, and its place, which is settled by <see cref="PushReservation.Key"/>. It may be handed over as long as any push may.</param>
/// <param name="Parts">
/// What was decided about each request, in their order: the message is made of those with <see cref="PushOutcome.SendNow"/>. When none has it there is no place, and the message is not sent.
/// </param>
public sealed record PushDigestReservation(PushReservation Reservation, IReadOnlyList<PushDecision> Parts)
{
    /// <summary>Most offers in one digest; those of lower priority and score are dropped with <see cref="PushReason.AnotherWaits"/>.</summary>
    public const int MaxParts = 10;
}
