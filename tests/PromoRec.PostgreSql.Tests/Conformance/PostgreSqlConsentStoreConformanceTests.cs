using PromoRec.Consent;
using PromoRec.PostgreSql.Tests.Server;
using PromoRec.Testing.Conformance;

namespace PromoRec.PostgreSql.Tests.Conformance;

public class PostgreSqlConsentStoreConformanceTests(SharedServer shared)
{
    public static TheoryData<string> Checks => [.. ConsentStoreConformance.Names];

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task It_keeps_every_promise_of_a_store_of_consent(string check) =>
        Assert.False((await new Suite(shared.Options()).RunAsync(check, TestContext.Current.CancellationToken)).IsSkipped);

    [Fact]
    public void No_store_goes_without_its_suite() => Assert.Empty(ConformanceCoverage.Unproven([typeof(PostgreSqlStore).Assembly], [GetType().Assembly]));

    [Proves(typeof(PostgreSqlConsentStore))]
    private sealed class Suite(PostgreSqlOptions options) : ConsentStoreConformance
    {
        private readonly OpenStores _stores = new(options);

        protected override StoreAbilities Abilities => StoreAbilities.Durable | StoreAbilities.Shared;

        protected override ConformanceScale Scale => OpenStores.Scale;

        protected override ValueTask<IConsentStore> CreateAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_stores.Consent());

        protected override ValueTask<IConsentStore> OpenAgainAsync(CancellationToken cancellationToken) => CreateAsync(cancellationToken);

        protected override ValueTask CloseAsync(IConsentStore store) => _stores.CloseAsync(store);
    }
}
