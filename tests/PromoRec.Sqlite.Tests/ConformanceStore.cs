using PromoRec.Testing.Conformance;

namespace PromoRec.Sqlite.Tests;

/// <summary>The file that a conformance check works on, and the stores that are open on it.</summary>
internal sealed class ConformanceStore : IAsyncDisposable
{
    private readonly List<(object Part, SqliteStore Store)> _open = [];
    private StoreFolder? _folder;

    /// <summary>Less than the suites' own scale, because every operation goes to a file.</summary>
    public static ConformanceScale Scale { get; } = Stress.IsFull
        ? new ConformanceScale { Races = 2_000, HistoryOperations = 1_000_000, ReferenceSteps = 20_000, TimeLimit = TimeSpan.FromHours(2) }
        : new ConformanceScale { Attempts = 500, Races = 25, HistoryOperations = 1_000, ReferenceSteps = 400 };

    public const StoreAbilities Abilities = StoreAbilities.TakesClock | StoreAbilities.Durable | StoreAbilities.Shared;

    /// <summary>Opens an empty file.</summary>
    public T Create<T>(Func<SqliteStore, T> part, TimeProvider? clock)
        where T : class
    {
        _folder?.Dispose();
        _folder = new StoreFolder();
        return OpenAgain(part, clock);
    }

    /// <summary>Opens the same file once more.</summary>
    public T OpenAgain<T>(Func<SqliteStore, T> part, TimeProvider? clock)
        where T : class
    {
        SqliteStore store = _folder!.Open(clock);
        T opened = part(store);
        _open.Add((opened, store));
        return opened;
    }

    public async ValueTask CloseAsync(object part)
    {
        int index = _open.FindIndex(each => ReferenceEquals(each.Part, part));
        await _open[index].Store.DisposeAsync();
        _open.RemoveAt(index);
    }

    public async ValueTask DisposeAsync()
    {
        foreach ((_, SqliteStore store) in _open)
        {
            await store.DisposeAsync();
        }

        _folder?.Dispose();
    }
}
