namespace PromoRec.Interactions;

/// <summary>Where events are kept: what customers do is appended, and everything is read back to build datasets.</summary>
/// <remarks>
/// Any number of threads may call it. A log may give an event more than once and in any order: who reads it tells events apart by
/// <see cref="Interaction.EventId"/>, as <c>DatasetBuilder</c> does.
/// </remarks>
public interface IInteractionLog
{
    /// <summary>Appends a batch, wholly or not at all. When the task is complete, a read that begins later gives the whole batch.</summary>
    /// <exception cref="ArgumentException">An event is not valid: no customer, neither item nor offer, or a value that is not finite.</exception>
    ValueTask AppendAsync(IReadOnlyList<Interaction> batch, CancellationToken cancellationToken = default);

    /// <summary>Gives at least all events whose append was complete when the reading began.</summary>
    IAsyncEnumerable<Interaction> ReadAsync(CancellationToken cancellationToken = default);
}
