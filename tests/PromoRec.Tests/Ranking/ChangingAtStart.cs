using Microsoft.Extensions.Primitives;

namespace PromoRec.Tests.Ranking;

/// <summary>
/// A catalog with faults whose token fires on another thread when it is first read. Unsubscribing waits for the callback, as with a
/// cancellation token.
/// </summary>
internal sealed class ChangingAtStart : IOfferCatalog, IChangeToken
{
    private Action? _callback;
    private Task? _firing;

    /// <summary>Whether unsubscribing saw the callback end.</summary>
    public bool CallbackEnded { get; private set; }

    public CatalogSnapshot Current
    {
        get
        {
            _firing ??= Task.Run(_callback!);
            return TestShop.Snapshot(TestShop.Offer("a"), TestShop.Offer("a"));
        }
    }

    public bool HasChanged => false;

    public bool ActiveChangeCallbacks => true;

    public IChangeToken GetChangeToken() => this;

    public IDisposable RegisterChangeCallback(Action<object?> callback, object? state)
    {
        // The callback subscribes anew before it ends; only the first subscription can wait for it.
        var registration = new Registration(_callback is null ? this : null);
        _callback ??= () => callback(state);
        return registration;
    }

    private sealed class Registration(ChangingAtStart? waiting) : IDisposable
    {
        public void Dispose()
        {
            if (waiting is not null)
            {
                waiting.CallbackEnded = waiting._firing!.Wait(TimeSpan.FromSeconds(5));
            }
        }
    }
}
