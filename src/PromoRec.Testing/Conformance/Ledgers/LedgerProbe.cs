using PromoRec.Numerics;
using PromoRec.Push.Ledger;

namespace PromoRec.Testing.Conformance.Ledgers;

/// <summary>What a check works with: a new ledger, its clock, and short ways to say what is asked of it.</summary>
internal sealed class LedgerProbe(
    Func<TimeProvider, CancellationToken, ValueTask<IReservationLedger>> create,
    Func<TimeProvider, CancellationToken, ValueTask<IReservationLedger>> openAgain,
    Func<IReservationLedger, ValueTask> close,
    StoreAbilities abilities,
    ConformanceScale scale,
    CancellationToken token) : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly List<IReservationLedger> _open = [];

    public ConformanceScale Scale { get; } = scale;

    public CancellationToken Token { get; } = token;

    public ConformanceClock Clock { get; } = new(Start);

    public IReservationLedger Ledger => _open[0];

    public async Task OpenFirstAsync() => _open.Add(await create(Clock, Token).ConfigureAwait(false));

    /// <summary>Another instance on the same data, beside the first.</summary>
    public async Task<IReservationLedger> OpenBesideAsync()
    {
        _open.Add(await openAgain(Clock, Token).ConfigureAwait(false));
        return _open[^1];
    }

    /// <summary>The first instance, and others on the same data as far as the author allows them.</summary>
    public async Task<IReservationLedger[]> OpenAllAsync(int most)
    {
        while (abilities.HasFlag(StoreAbilities.Shared) && _open.Count < most)
        {
            await OpenBesideAsync().ConfigureAwait(false);
        }

        return [.. _open];
    }

    /// <summary>Closes the ledger and opens its data again.</summary>
    public async Task ReopenAsync()
    {
        await close(_open[0]).ConfigureAwait(false);
        _open.Clear();
        _open.Add(await openAgain(Clock, Token).ConfigureAwait(false));
    }

    public SeededRandom Random(ulong stream) => new(Scale.Seed, stream);

    public Task<ReservationResult> ReserveAsync(ReservationRequest request) => Ledger.TryReserveAsync(request, Token).AsTask();

    public async Task<ReservationStatus> StatusAsync(ReservationRequest request) => (await ReserveAsync(request).ConfigureAwait(false)).Status;

    /// <summary>Reserves what must be granted.</summary>
    public async Task<Reservation> GrantAsync(ReservationRequest request)
    {
        ReservationResult result = await ReserveAsync(request).ConfigureAwait(false);
        Expect.Equal(ReservationStatus.Granted, result.Status, $"reserving '{request.Key}'");
        return result.Reservation ?? throw new BrokenPromiseException($"reserving '{request.Key}' was granted without a reservation.");
    }

    public Task<SettlementStatus> SettleAsync(UserId userId, string key, Settlement settlement) => Ledger.SettleAsync(userId, key, settlement, Token).AsTask();

    public async Task ExpectSettleAsync(SettlementStatus expected, UserId userId, string key, Settlement settlement) =>
        Expect.Equal(expected, await SettleAsync(userId, key, settlement).ConfigureAwait(false), $"settling '{key}' with {settlement}");

    public async Task ExpectStatusAsync(ReservationStatus expected, ReservationRequest request, string what) =>
        Expect.Equal(expected, await StatusAsync(request).ConfigureAwait(false), what);

    public Task<int> CancelAsync(UserId userId, long consentVersion, params LedgerLabel[] scope) =>
        Ledger.CancelAsync(new Cancellation(userId, consentVersion, [.. scope]), Token).AsTask();

    public Task<int> CancelAsync(UserId userId, string key, params LedgerLabel[] scope) =>
        Ledger.CancelAsync(new Cancellation(userId, ConsentVersion: 0, [.. scope]) { Key = key }, Token).AsTask();

    public Task<SettlementStatus> RefundAsync(UserId userId, string key, string refundKey, string budget, long amount) =>
        Ledger.RefundAsync(userId, key, refundKey, [new BudgetRefund(budget, amount)], Token).AsTask();

    public async Task<CustomerHistory> ReadAsync(UserId userId) => await Ledger.ReadAsync(userId, Token).ConfigureAwait(false);

    public async Task ExpectKeysAsync(UserId userId, params IEnumerable<string> keys)
    {
        CustomerHistory history = await ReadAsync(userId).ConfigureAwait(false);
        Expect.Same(keys.Order(StringComparer.Ordinal), history.Entries.Select(entry => entry.Key).Order(StringComparer.Ordinal), "the keys in the customer's history");
    }

    public async Task<long> TakenAsync(string budget, string period = "")
    {
        IReadOnlyList<BudgetLevel> levels = await Ledger.ReadBudgetsAsync([new BudgetName(budget, period)], Token).ConfigureAwait(false);
        Expect.Equal(1, levels.Count, "the number of budget levels read");
        return levels[0].Taken;
    }

    public async Task ExpectTakenAsync(long expected, string budget, string period = "") =>
        Expect.Equal(expected, await TakenAsync(budget, period).ConfigureAwait(false), $"what is taken of the budget '{budget}'");

    /// <summary>Customer and key of everything uncertain, in order.</summary>
    public async Task<List<string>> UncertainAsync()
    {
        List<string> uncertain = [];
        await foreach (Reservation reservation in Ledger.ReadUncertainAsync(Token).ConfigureAwait(false))
        {
            uncertain.Add($"{reservation.UserId}/{reservation.Key}");
        }

        uncertain.Sort(StringComparer.Ordinal);
        return uncertain;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IReservationLedger ledger in _open)
        {
            await close(ledger).ConfigureAwait(false);
        }

        _open.Clear();
    }
}
