using PromoRec.Push;
using PromoRec.Push.Ledger;
using static PromoRec.Tests.Push.PushScenario;

namespace PromoRec.Tests.Push;

public sealed class PushLedgerExtensionsTests
{
    private readonly PushShop _shop = new(PushShop.Cap(2, TimeSpan.FromDays(60)));

    [Fact]
    public async Task What_another_system_has_sent_is_counted_once_however_often_it_is_told()
    {
        Assert.True(await _shop.Ledger.RecordSentAsync(Request));
        Assert.True(await _shop.Ledger.RecordSentAsync(Request));

        LedgerEntry entry = Assert.Single((await _shop.Ledger.ReadAsync("ann")).Entries);
        Assert.Equal((ReservationState.Committed, Noon), (entry.State, entry.At));
        Assert.Equal(PushLabels.Of(Request), entry.Labels);
        Assert.Equal(PushLabels.ShortOf(Request), entry.ShortLabels);
    }

    [Fact]
    public async Task It_counts_whatever_policies_say_and_they_see_it()
    {
        foreach (string occurrence in (string[])["1", "2", "3"])
        {
            Assert.True(await _shop.Ledger.RecordSentAsync(Request with { Occurrence = occurrence }));
        }

        Assert.Equal(3, (await _shop.Ledger.ReadAsync("ann")).Entries.Length);
        Assert.Equal(PushReason.FrequencyCap, (await _shop.Engine.DecideAsync(Request with { Occurrence = "4" })).Reason);
    }

    [Fact]
    public async Task It_counts_although_consent_was_withdrawn_meanwhile()
    {
        await _shop.Ledger.CancelAsync(new Cancellation("ann", 7, []));

        Assert.True(await _shop.Ledger.RecordSentAsync(Request));
    }

    [Fact]
    public async Task Without_a_key_the_same_push_is_another_one_after_thirty_days()
    {
        await _shop.Ledger.RecordSentAsync(Request);
        _shop.Time.Now = Noon.AddDays(30).AddTicks(-1);
        await _shop.Ledger.RecordSentAsync(Request);
        Assert.Single((await _shop.Ledger.ReadAsync("ann")).Entries);

        _shop.Time.Now = Noon.AddDays(30);
        Assert.True(await _shop.Ledger.RecordSentAsync(Request));
        Assert.Equal(2, (await _shop.Ledger.ReadAsync("ann")).Entries.Length);
    }

    [Fact]
    public async Task A_place_that_the_engine_holds_for_the_same_push_is_the_one_that_was_sent()
    {
        PushReservation held = await _shop.Engine.TryReserveAsync(Request);

        Assert.True(await _shop.Ledger.RecordSentAsync(Request));

        LedgerEntry entry = Assert.Single((await _shop.Ledger.ReadAsync("ann")).Entries);
        Assert.Equal((held.Key, ReservationState.Committed), (entry.Key, entry.State));
    }

    [Fact]
    public async Task A_key_of_another_push_and_an_erased_customer_are_not_recorded()
    {
        await _shop.Ledger.RecordSentAsync(Request with { Key = "mine" });
        Assert.False(await _shop.Ledger.RecordSentAsync(Request with { Key = "mine", Campaign = "sale" }));

        await _shop.Ledger.ForgetAsync("ann");
        Assert.False(await _shop.Ledger.RecordSentAsync(Request));
    }
}
