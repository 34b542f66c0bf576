using PromoRec.Consent;

namespace PromoRec.Consumer.Tests;

/// <summary>Hears what customers say.</summary>
internal sealed class HostConsentObserver : IConsentObserver
{
    public int Changes { get; private set; }

    public ValueTask OnChangedAsync(ConsentChange change, CancellationToken cancellationToken = default)
    {
        Changes++;
        return ValueTask.CompletedTask;
    }
}
