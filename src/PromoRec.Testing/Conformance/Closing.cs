namespace PromoRec.Testing.Conformance;

/// <summary>What the suites of stores share.</summary>
internal static class Closing
{
    public static async ValueTask DisposeAsync(object store)
    {
        if (store is IAsyncDisposable asyncDisposable)
        {
            await asyncDisposable.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
            (store as IDisposable)?.Dispose();
        }
    }

    /// <returns>Why a check that needs some abilities cannot be run with those there are; null when it can.</returns>
    public static string? MissingOf(StoreAbilities abilities, StoreAbilities needs) => (needs & ~abilities) switch
    {
        StoreAbilities.None => null,
        StoreAbilities.Durable => "Nothing is left of the store when it is closed (StoreAbilities.Durable is not set).",
        StoreAbilities.Shared => "Only one instance may be open on the data (StoreAbilities.Shared is not set).",
        StoreAbilities.TakesClock => "The store has a clock of its own (StoreAbilities.TakesClock is not set).",
        StoreAbilities missing => $"The store lacks {missing} of StoreAbilities.",
    };
}
