using System.Collections.Immutable;
using System.Runtime.ExceptionServices;

namespace PromoRec.Consent;

/// <summary>Reads a customer's ledger, lets a step be decided on it, and appends that step only to the very ledger that was read; then tells the observers.</summary>
internal sealed class ConsentJournal(IConsentStore store, IEnumerable<IConsentObserver> observers, TimeProvider time)
{
    private readonly IConsentObserver[] _observers = [.. observers];

    public async ValueTask<ConsentView> ReadAsync(UserId userId, CancellationToken cancellationToken) => new(await store.ReadAsync(userId, cancellationToken).ConfigureAwait(false));

    /// <param name="userId">The customer.</param>
    /// <param name="erased">What the caller gets for a customer who was erased.</param>
    /// <param name="decide">Decides the step; called again when another replica was faster.</param>
    /// <param name="cancellationToken">Stops the waiting, but not the telling.</param>
    public async ValueTask<(T Answer, ConsentView View)> RunAsync<T>(UserId userId, T erased, Func<ConsentMoment, ConsentStep<T>> decide, CancellationToken cancellationToken)
    {
        while (true)
        {
            ConsentRecord record = await store.ReadAsync(userId, cancellationToken).ConfigureAwait(false);
            ConsentMoment moment = new(record, time.GetUtcNow());
            if (record.IsErased)
            {
                return (erased, moment.View);
            }

            ConsentStep<T> step = decide(moment);
            if (step.Append.IsEmpty)
            {
                await TellAsync(userId, moment.View, step.Tell).ConfigureAwait(false);
                return (step.Answer, moment.View);
            }

            ConsentAppendResult result = await store.AppendAsync(userId, step.Append, record.Version, cancellationToken).ConfigureAwait(false);
            if (result.Status == ConsentAppendStatus.Appended)
            {
                // The ledger had exactly the version that was read, so it is known without reading it again.
                ConsentView after = new(new ConsentRecord(result.Version, record.Events.AddRange(step.Append), false));
                await TellAsync(userId, after, step.Tell.AddRange(step.Append)).ConfigureAwait(false);
                return (step.Answer, after);
            }
        }
    }

    private async ValueTask TellAsync(UserId userId, ConsentView after, ImmutableArray<ConsentEvent> events)
    {
        if (events.IsEmpty)
        {
            return;
        }

        ConsentChange change = new(userId, after, events);
        ExceptionDispatchInfo? fault = null;
        foreach (IConsentObserver observer in _observers)
        {
            try
            {
                // What is stored is told even if the caller no longer waits: otherwise pending messages would outlive a withdrawal.
                await observer.OnChangedAsync(change, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                fault ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        fault?.Throw();
    }
}
