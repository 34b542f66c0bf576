using System.Runtime.CompilerServices;
using PromoRec.Interactions;

namespace PromoRec.Consumer.Tests;

/// <summary>The smallest log that keeps the contract.</summary>
internal sealed class ListInteractionLog : IInteractionLog
{
    private readonly Lock _lock = new();
    private readonly List<Interaction> _events = [];

    public ValueTask AppendAsync(IReadOnlyList<Interaction> batch, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            _events.AddRange(batch);
        }

        return ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<Interaction> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Interaction[] events;
        lock (_lock)
        {
            events = [.. _events];
        }

        foreach (Interaction happened in events)
        {
            yield return happened;
        }

        await Task.CompletedTask;
    }
}
