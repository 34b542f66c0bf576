using PromoRec.Consent;

namespace PromoRec.Tests.Consent;

public class InMemoryConsentStoreTests
{
    private static readonly UserId Customer = new(7);

    [Fact]
    public async Task An_unknown_customer_has_an_empty_ledger()
    {
        ConsentRecord record = await new InMemoryConsentStore().ReadAsync(Customer);

        Assert.Equal((0, 0, false), (record.Version, record.Events.Length, record.IsErased));
    }

    [Fact]
    public async Task An_event_is_stored_once_however_often_it_is_appended()
    {
        var store = new InMemoryConsentStore();
        ConsentEvent first = Entry("a");

        Assert.Equal(new ConsentAppendResult(ConsentAppendStatus.Appended, 1), await store.AppendAsync(Customer, [first]));
        Assert.Equal(new ConsentAppendResult(ConsentAppendStatus.Appended, 2), await store.AppendAsync(Customer, [first, Entry("b"), Entry("b")]));
        Assert.Equal(["a", "b"], (await store.ReadAsync(Customer)).Events.Select(entry => entry.EventId));
    }

    [Fact]
    public async Task Another_version_than_expected_appends_nothing()
    {
        var store = new InMemoryConsentStore();
        await store.AppendAsync(Customer, [Entry("a")], expectedVersion: 0);

        Assert.Equal(new ConsentAppendResult(ConsentAppendStatus.VersionMismatch, 1), await store.AppendAsync(Customer, [Entry("b")], expectedVersion: 0));
        Assert.Single((await store.ReadAsync(Customer)).Events);
    }

    [Fact]
    public async Task An_erased_customer_has_no_events_and_gets_none()
    {
        var store = new InMemoryConsentStore();
        await store.AppendAsync(Customer, [Entry("a")]);
        await store.ForgetAsync(Customer);
        await store.ForgetAsync(Customer);

        Assert.Equal(ConsentAppendStatus.Erased, (await store.AppendAsync(Customer, [Entry("b")])).Status);
        ConsentRecord record = await store.ReadAsync(Customer);
        Assert.True(record.IsErased);
        Assert.Empty(record.Events);
    }

    [Fact]
    public async Task Of_many_appends_to_one_version_one_succeeds()
    {
        var store = new InMemoryConsentStore();
        ConsentAppendResult[] results = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(async () => await store.AppendAsync(Customer, [Entry($"{i}")], expectedVersion: 0))));

        Assert.Single(results, result => result.Status == ConsentAppendStatus.Appended);
        Assert.Single((await store.ReadAsync(Customer)).Events);
    }

    [Fact]
    public async Task What_could_not_be_read_again_is_refused()
    {
        var store = new InMemoryConsentStore();
        ConsentEvent[] faulty =
        [
            Entry(" "),
            Entry(new string('x', 201)),
            Entry("a") with { At = default },
            Entry("a") with { State = (ConsentState)7 },
            Entry("a") with { Purpose = (ConsentPurpose)2 },
            Entry("a") with { Basis = (LegalBasis)6 },
            Entry("a") with { Sale = new SaleEvidence(Ledgers.Start, null!, "shoes", true) },
            Entry("a") with { Source = new string('x', 1001) },
            Entry("a") with { Actor = "\uD800" },
        ];
        foreach (ConsentEvent entry in faulty)
        {
            await Assert.ThrowsAsync<ArgumentException>(async () => await store.AppendAsync(Customer, [Entry("good"), entry]));
        }

        await Assert.ThrowsAsync<ArgumentException>(async () => await store.AppendAsync(default, [Entry("a")]));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await store.AppendAsync(Customer, [null!]));
        Assert.Empty((await store.ReadAsync(Customer)).Events);
    }

    private static ConsentEvent Entry(string id) => Ledgers.Entry(ConsentState.Granted) with { EventId = id };
}
