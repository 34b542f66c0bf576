using System.Runtime.CompilerServices;

namespace PromoRec.Interactions;

/// <summary>An interaction log that lives as long as the process: for tests, demonstrations and shops that feed the library afresh at each start.</summary>
/// <remarks>Events are given in the order in which they were appended. Nothing is left of them when the process ends.</remarks>
public sealed class InMemoryInteractionLog : IInteractionLog
{
    private readonly Lock _gate = new();
    private Interaction[] _events = [];
    private int _count;

    /// <summary>Number of events.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <inheritdoc/>
    public ValueTask AppendAsync(IReadOnlyList<Interaction> batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        cancellationToken.ThrowIfCancellationRequested();

        // The caller may reuse its list, and what was checked must be what is kept.
        Interaction[] checkedBatch = [.. batch];
        foreach (ref readonly Interaction interaction in checkedBatch.AsSpan())
        {
            InteractionCheck.ThrowIfInvalid(interaction, nameof(batch));
        }

        lock (_gate)
        {
            if (_count + checkedBatch.Length > _events.Length)
            {
                Array.Resize(ref _events, Math.Max(_events.Length * 2, _count + checkedBatch.Length));
            }

            checkedBatch.CopyTo(_events, _count);
            _count += checkedBatch.Length;
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Interaction> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Entries below the count never change, and a larger array is a copy: the pair taken here stays valid without the lock.
        Interaction[] events;
        int count;
        lock (_gate)
        {
            (events, count) = (_events, _count);
        }

        for (int i = 0; i < count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return events[i];
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }
}
