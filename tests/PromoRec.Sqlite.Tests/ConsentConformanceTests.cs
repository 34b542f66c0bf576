using PromoRec.Consent;
using PromoRec.Testing.Conformance;

namespace PromoRec.Sqlite.Tests;

public sealed class ConsentConformanceTests
{
    public static TheoryData<string> Checks => [.. ConsentStoreConformance.Names];

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task It_keeps_every_promise_of_a_store_of_consent(string check)
    {
        await using Suite suite = new();
        Assert.Null((await suite.RunAsync(check, TestContext.Current.CancellationToken)).SkipReason);
    }

    [Proves(typeof(SqliteConsentStore))]
    private sealed class Suite : ConsentStoreConformance, IAsyncDisposable
    {
        private readonly ConformanceStore _store = new();

        protected override StoreAbilities Abilities => ConformanceStore.Abilities;

        protected override ConformanceScale Scale => ConformanceStore.Scale;

        public ValueTask DisposeAsync() => _store.DisposeAsync();

        protected override ValueTask<IConsentStore> CreateAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_store.Create(store => store.Consent, null));

        protected override ValueTask<IConsentStore> OpenAgainAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_store.OpenAgain(store => store.Consent, null));

        protected override ValueTask CloseAsync(IConsentStore store) => _store.CloseAsync(store);
    }
}
