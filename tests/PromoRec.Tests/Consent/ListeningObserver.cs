using System.Collections.Concurrent;
using PromoRec.Consent;

namespace PromoRec.Tests.Consent;

/// <summary>Remembers what it was told, and fails as often as a test wants.</summary>
internal sealed class ListeningObserver : IConsentObserver
{
    public ConcurrentQueue<ConsentChange> Heard { get; } = new();

    public int FailuresLeft { get; set; }

    public Func<Task> Before { get; set; } = () => Task.CompletedTask;

    public async ValueTask OnChangedAsync(ConsentChange change, CancellationToken cancellationToken = default)
    {
        await Before();
        cancellationToken.ThrowIfCancellationRequested();
        if (FailuresLeft > 0)
        {
            FailuresLeft--;
            throw new LedgerUnavailableException(LedgerFault.Unreachable, "The test's ledger cannot be reached.");
        }

        Heard.Enqueue(change);
    }
}
