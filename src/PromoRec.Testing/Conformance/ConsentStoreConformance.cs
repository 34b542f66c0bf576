using PromoRec.Consent;
using PromoRec.Testing.Conformance.Consents;

namespace PromoRec.Testing.Conformance;

/// <summary>Everything that <see cref="IConsentStore"/> promises. Derive from it to prove a store of consent.</summary>
public abstract class ConsentStoreConformance : ConformanceSuite
{
    /// <summary>The names of all checks, in the order in which to run them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ConsentChecks.All.Select(check => check.Name)];

    /// <summary>What the suite may do with the store. No check needs <see cref="StoreAbilities.TakesClock"/>.</summary>
    protected abstract StoreAbilities Abilities { get; }

    private protected override IReadOnlyList<CheckDefinition> Definitions => ConsentChecks.All;

    /// <summary>Makes a new store with nothing in it.</summary>
    protected abstract ValueTask<IConsentStore> CreateAsync(CancellationToken cancellationToken);

    /// <summary>Opens the data of the store created last once more: after that one was closed, or beside it. For <see cref="StoreAbilities.Durable"/> and <see cref="StoreAbilities.Shared"/>.</summary>
    protected virtual ValueTask<IConsentStore> OpenAgainAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException($"Override {nameof(OpenAgainAsync)} in {GetType().Name}, because its abilities say that the store can be opened again.");

    /// <summary>Closes a store: disposes it unless overridden.</summary>
    protected virtual ValueTask CloseAsync(IConsentStore store) => Closing.DisposeAsync(store);

    private protected override string? SkipReasonOf(CheckDefinition definition) => Closing.MissingOf(Abilities, (StoreAbilities)definition.Needs);

    private protected override async Task RunCheckAsync(CheckDefinition definition, CancellationToken cancellationToken)
    {
        await using ConsentProbe probe = new(CreateAsync, OpenAgainAsync, CloseAsync, Scale, cancellationToken);
        await probe.OpenFirstAsync().ConfigureAwait(false);
        ThrowIfNotProven(probe.Store);
        await ((ConsentStoreCheck)definition).Body(probe).ConfigureAwait(false);
    }
}
