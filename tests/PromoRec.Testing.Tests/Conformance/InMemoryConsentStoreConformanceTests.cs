using PromoRec.Consent;
using PromoRec.Testing.Conformance;

namespace PromoRec.Testing.Tests.Conformance;

public class InMemoryConsentStoreConformanceTests
{
    public static TheoryData<string> Checks => [.. ConsentStoreConformance.Names];

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task It_keeps_every_promise_of_a_store_of_consent(string check) => await new Suite().RunOrSkipAsync(check);

    [Fact]
    public void Only_what_needs_a_durable_or_shared_store_is_skipped() =>
        Assert.Equal(["no-event-is-lost-on-closing", "instances-share-each-ledger"], new Suite().Skipped.Select(check => check.Name));

    [Proves(typeof(InMemoryConsentStore))]
    private sealed class Suite : ConsentStoreConformance
    {
        protected override StoreAbilities Abilities => StoreAbilities.None;

        protected override ConformanceScale Scale => StressScale.Scale;

        protected override ValueTask<IConsentStore> CreateAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IConsentStore>(new InMemoryConsentStore());
    }
}
