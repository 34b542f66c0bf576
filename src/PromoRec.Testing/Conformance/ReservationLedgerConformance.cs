using PromoRec.Push.Ledger;
using PromoRec.Testing.Conformance.Ledgers;

namespace PromoRec.Testing.Conformance;

/// <summary>Everything that <see cref="IReservationLedger"/> promises. Derive from it to prove a ledger.</summary>
public abstract class ReservationLedgerConformance : ConformanceSuite
{
    /// <summary>The names of all checks, in the order in which to run them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. LedgerChecks.All.Select(check => check.Name)];

    /// <summary>What the suite may do with the ledger.</summary>
    protected abstract StoreAbilities Abilities { get; }

    private protected override IReadOnlyList<CheckDefinition> Definitions => LedgerChecks.All;

    /// <summary>Makes a new ledger with nothing in it.</summary>
    /// <param name="clock">The clock it must take its time from, where <see cref="StoreAbilities.TakesClock"/> says that it does.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    protected abstract ValueTask<IReservationLedger> CreateAsync(TimeProvider clock, CancellationToken cancellationToken);

    /// <summary>Opens the data of the ledger created last once more: after that one was closed, or beside it. For <see cref="StoreAbilities.Durable"/> and <see cref="StoreAbilities.Shared"/>.</summary>
    /// <param name="clock">The clock it must take its time from, where <see cref="StoreAbilities.TakesClock"/> says that it does.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    protected virtual ValueTask<IReservationLedger> OpenAgainAsync(TimeProvider clock, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"Override {nameof(OpenAgainAsync)} in {GetType().Name}, because its abilities say that the ledger can be opened again.");

    /// <summary>Closes a ledger: disposes it unless overridden.</summary>
    protected virtual ValueTask CloseAsync(IReservationLedger ledger) => Closing.DisposeAsync(ledger);

    private protected override string? SkipReasonOf(CheckDefinition definition) => Closing.MissingOf(Abilities, (StoreAbilities)definition.Needs);

    private protected override async Task RunCheckAsync(CheckDefinition definition, CancellationToken cancellationToken)
    {
        await using LedgerProbe probe = new(CreateAsync, OpenAgainAsync, CloseAsync, Abilities, Scale, cancellationToken);
        await probe.OpenFirstAsync().ConfigureAwait(false);
        ThrowIfNotProven(probe.Ledger);
        await ((LedgerCheck)definition).Body(probe).ConfigureAwait(false);
    }
}
