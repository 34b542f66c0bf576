using PromoRec.Consent;

namespace PromoRec.Testing.Conformance.Consents;

/// <summary>What a check works with: a new store, and short ways to say what is asked of it.</summary>
internal sealed class ConsentProbe(
    Func<CancellationToken, ValueTask<IConsentStore>> create,
    Func<CancellationToken, ValueTask<IConsentStore>> openAgain,
    Func<IConsentStore, ValueTask> close,
    ConformanceScale scale,
    CancellationToken token) : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly List<IConsentStore> _open = [];

    public ConformanceScale Scale { get; } = scale;

    public CancellationToken Token { get; } = token;

    public IConsentStore Store => _open[0];

    public static ConsentEvent Event(string id, int minute = 0, ConsentState state = ConsentState.Granted) => new() { EventId = id, At = Start.AddMinutes(minute), State = state };

    public async Task OpenFirstAsync() => _open.Add(await create(Token).ConfigureAwait(false));

    public async Task<IConsentStore> OpenBesideAsync()
    {
        _open.Add(await openAgain(Token).ConfigureAwait(false));
        return _open[^1];
    }

    public async Task ReopenAsync()
    {
        await close(_open[0]).ConfigureAwait(false);
        _open.Clear();
        _open.Add(await openAgain(Token).ConfigureAwait(false));
    }

    public Task<ConsentAppendResult> AppendAsync(UserId userId, long? expectedVersion, params ConsentEvent[] events) =>
        Store.AppendAsync(userId, events, expectedVersion, Token).AsTask();

    public async Task ExpectAppendAsync(ConsentAppendStatus status, long version, UserId userId, long? expectedVersion, params ConsentEvent[] events) =>
        Expect.Equal(new ConsentAppendResult(status, version), await AppendAsync(userId, expectedVersion, events).ConfigureAwait(false), $"appending {events.Length} events");

    public async Task<ConsentRecord> ReadAsync(UserId userId) => await Store.ReadAsync(userId, Token).ConfigureAwait(false);

    public async Task ExpectEventsAsync(UserId userId, params string[] ids)
    {
        ConsentRecord record = await ReadAsync(userId).ConfigureAwait(false);
        Expect.Same(ids, record.Events.Select(each => each.EventId), "the events of the ledger");
        Expect.Equal((ids.Length, false), (record.Version, record.IsErased), "version, and whether the customer is erased");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IConsentStore store in _open)
        {
            await close(store).ConfigureAwait(false);
        }

        _open.Clear();
    }
}
