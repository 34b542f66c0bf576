using System.Reflection;
using PromoRec.Consent;
using PromoRec.Testing.Conformance;
using PromoRec.Testing.Tests.Conformance.Broken;

namespace PromoRec.Testing.Tests.Conformance;

/// <summary>For every check there is a broken store of consent that it must find.</summary>
public class BrokenConsentStoreTests
{
    private static readonly Dictionary<string, Func<IConsentStore, IConsentStore>> Faults = new()
    {
        ["sorts by time"] = store => new TwistedConsentStore(store) { SortsByTime = true },
        ["evidence lost"] = store => new TwistedConsentStore(store) { LosesEvidence = true },
        ["every event is new"] = store => new TwistedConsentStore(store) { NeverRecognizes = true },
        ["versions not looked at"] = store => new TwistedConsentStore(store) { IgnoresVersions = true },
        ["check then act"] = store => new TwistedConsentStore(store) { ChecksThenActs = true },
        ["second events lost"] = store => new TwistedConsentStore(store) { LosesSecondEvents = true },
        ["customers without case"] = store => new TwistedConsentStore(store) { FoldsCase = true },
        ["nobody erased"] = store => new TwistedConsentStore(store) { KeepsErased = true },
        ["the impossible is left out"] = store => new TwistedConsentStore(store) { AppendsTheImpossible = true },

        // Broken where the suite below opens it again.
        ["instances of their own"] = store => store,
    };

    [Theory]
    [InlineData("sorts by time", "events-are-appended-in-order")]
    [InlineData("evidence lost", "events-keep-all-they-say")]
    [InlineData("every event is new", "events-are-appended-once")]
    [InlineData("versions not looked at", "versions-are-exact")]
    [InlineData("check then act", "one-writer-wins-each-version")]
    [InlineData("second events lost", "no-event-is-lost-among-writers")]
    [InlineData("customers without case", "customers-have-ledgers-of-their-own")]
    [InlineData("nobody erased", "erased-customers-stay-erased")]
    [InlineData("nobody erased", "nothing-is-appended-after-erasure")]
    [InlineData("the impossible is left out", "impossible-events-are-refused-whole")]
    [InlineData("instances of their own", "no-event-is-lost-on-closing")]
    [InlineData("instances of their own", "instances-share-each-ledger")]
    public async Task A_broken_store_is_found_by(string fault, string check)
    {
        ConformanceException found = await Assert.ThrowsAsync<ConformanceException>(() => new Suite(Faults[fault]).RunAsync(check, TestContext.Current.CancellationToken));

        Assert.Equal(check, found.Check);
        Assert.Null(found.InnerException);
    }

    [Fact]
    public void Every_check_finds_some_fault()
    {
        IEnumerable<string> found = typeof(BrokenConsentStoreTests).GetMethod(nameof(A_broken_store_is_found_by))!.GetCustomAttributes<InlineDataAttribute>().Select(row => (string)row.Data[1]!);

        Assert.Equal(ConsentStoreConformance.Names.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    private sealed class Suite(Func<IConsentStore, IConsentStore> broken) : ConsentStoreConformance
    {
        protected override StoreAbilities Abilities => StoreAbilities.Durable | StoreAbilities.Shared;

        protected override ValueTask<IConsentStore> CreateAsync(CancellationToken cancellationToken) => ValueTask.FromResult(broken(new InMemoryConsentStore()));

        protected override ValueTask<IConsentStore> OpenAgainAsync(CancellationToken cancellationToken) => CreateAsync(cancellationToken);
    }
}
