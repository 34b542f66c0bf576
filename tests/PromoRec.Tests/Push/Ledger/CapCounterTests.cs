using PromoRec.Push.Ledger;

namespace PromoRec.Tests.Push.Ledger;

public class CapCounterTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private static readonly TimeSpan Moment = TimeSpan.FromTicks(1);
    private readonly CustomerAccount _account = new();

    [Fact]
    public void A_send_has_aged_out_exactly_when_the_window_has_passed()
    {
        _account.Send("first", Sends.Noon);

        Assert.Equal(new CapCount(1, false, Sends.Noon + Day), Count(Sends.Rolling(1, Day), Sends.Noon + Day - Tick));
        Assert.Equal(new CapCount(0, true, null), Count(Sends.Rolling(1, Day), Sends.Noon + Day));
    }

    [Fact]
    public void A_minimum_gap_is_over_exactly_at_its_end()
    {
        _account.Send("first", Sends.Noon);
        CapClaim gap = Sends.Rolling(1, TimeSpan.FromHours(4));

        Assert.False(Count(gap, Sends.Noon.AddHours(4) - Tick).Fits);
        Assert.True(Count(gap, Sends.Noon.AddHours(4)).Fits);
    }

    [Fact]
    public void A_planned_place_stands_against_earlier_sends_as_well()
    {
        Plan("planned", Sends.Noon.AddHours(30), Moment);

        Assert.True(Count(Sends.Rolling(1, Day), Sends.Noon.AddHours(6)).Fits);
        Assert.False(Count(Sends.Rolling(1, Day), Sends.Noon.AddHours(6) + Tick).Fits);
        Assert.False(Count(Sends.Rolling(1, Day), Sends.Noon.AddHours(54) - Tick).Fits);
        Assert.True(Count(Sends.Rolling(1, Day), Sends.Noon.AddHours(54)).Fits);
    }

    [Fact]
    public void What_is_not_near_is_not_counted()
    {
        Plan("planned", Sends.Noon.AddHours(30), Moment);
        _account.Send("sent", Sends.Noon);

        Assert.Equal(0, Count(Sends.Rolling(5, TimeSpan.FromHours(6)), Sends.Noon.AddHours(6)).Observed);
        Assert.Equal(1, Count(Sends.Rolling(5, TimeSpan.FromHours(6)), Sends.Noon.AddHours(6) - Tick).Observed);
        Assert.Equal(0, Count(Sends.Rolling(5, TimeSpan.FromHours(6)), Sends.Noon.AddHours(24)).Observed);
        Assert.Equal(1, Count(Sends.Rolling(5, TimeSpan.FromHours(6)), Sends.Noon.AddHours(24) + Tick).Observed);
    }

    [Fact]
    public void No_window_holds_more_than_the_limit_though_each_side_of_the_send_has_room()
    {
        // Two before and two behind: 6 h apart from each other each, so a day that holds the third of them holds two more at most.
        _account.Send("0", Sends.Noon);
        Plan("6", Sends.Noon.AddHours(6), Moment);
        Plan("20", Sends.Noon.AddHours(20), Moment);
        Plan("26", Sends.Noon.AddHours(26), Moment);

        Assert.Equal(3, Count(Sends.Rolling(3, Day), Sends.Noon.AddHours(13)).Observed);
        Assert.Equal(4, Count(Sends.Rolling(4, TimeSpan.FromHours(27)), Sends.Noon.AddHours(13)).Observed);
        Assert.True(Count(Sends.Rolling(4, TimeSpan.FromHours(26)), Sends.Noon.AddHours(13)).Fits);
    }

    [Fact]
    public void A_place_counts_for_all_the_time_in_which_it_may_be_sent()
    {
        Plan("held", Sends.Noon, TimeSpan.FromMinutes(15));

        DateTimeOffset lastSent = Sends.Noon.AddMinutes(15) - Tick;
        Assert.Equal(new CapCount(1, false, lastSent + Day), Count(Sends.Rolling(1, Day), Sends.Noon + Day));
        Assert.True(Count(Sends.Rolling(1, Day), lastSent + Day).Fits);
    }

    [Fact]
    public void A_send_that_may_be_late_is_counted_against_what_is_planned_then()
    {
        Plan("planned", Sends.Noon + Day, Moment);

        Assert.True(Count(Sends.Rolling(1, TimeSpan.FromHours(12)), Sends.Noon, TimeSpan.FromHours(12)).Fits);
        Assert.False(Count(Sends.Rolling(1, TimeSpan.FromHours(12)), Sends.Noon, TimeSpan.FromHours(12) + Tick + Tick).Fits);
    }

    [Fact]
    public void A_fixed_window_counts_its_first_instant_and_not_the_one_after_its_last()
    {
        LedgerWindow day = LedgerWindow.Between(Sends.Noon, Sends.Noon.AddHours(23));
        _account.Send("before", Sends.Noon - Tick);
        Assert.Equal(0, Count(new CapClaim([Sends.All], 2, day), Sends.Noon).Observed);

        _account.Send("first", Sends.Noon);
        _account.Send("last", Sends.Noon.AddHours(23) - Tick);
        _account.Send("after", Sends.Noon.AddHours(23));

        Assert.Equal(new CapCount(2, false, Sends.Noon.AddHours(23)), Count(new CapClaim([Sends.All], 2, day), Sends.Noon.AddHours(1)));
    }

    [Fact]
    public void A_place_that_may_be_sent_on_either_side_of_midnight_counts_on_both_days()
    {
        Plan("held", Sends.Noon - Tick, TimeSpan.FromMinutes(15));

        Assert.Equal(1, Count(new CapClaim([Sends.All], 9, LedgerWindow.Between(Sends.Noon - Day, Sends.Noon)), Sends.Noon - Tick).Observed);
        Assert.Equal(1, Count(new CapClaim([Sends.All], 9, LedgerWindow.Between(Sends.Noon, Sends.Noon + Day)), Sends.Noon).Observed);
    }

    [Fact]
    public void A_cap_counts_only_what_carries_all_labels_of_its_scope_and_one_of_each_group()
    {
        LedgerLabel email = LedgerLabel.Of("channel", "email");
        LedgerLabel shoes = LedgerLabel.Of("category", "shoes");
        LedgerLabel hats = LedgerLabel.Of("category", "hats");
        _account.Send("1", Sends.Noon, email, shoes);
        _account.Send("2", Sends.Noon, email, hats);
        _account.Send("3", Sends.Noon, email);
        _account.Send("4", Sends.Noon, shoes);

        Assert.Equal(3, Count(new CapClaim([email], 9, LedgerWindow.Lifetime), Sends.Noon).Observed);
        Assert.Equal(1, Count(new CapClaim([email, shoes], 9, LedgerWindow.Lifetime), Sends.Noon).Observed);
        Assert.Equal(2, Count(new CapClaim([email], 9, LedgerWindow.Lifetime) { AnyOf = [[shoes, hats]] }, Sends.Noon).Observed);
    }

    [Fact]
    public void A_lifetime_cap_counts_what_was_dropped_long_ago()
    {
        LedgerLabel offer = LedgerLabel.Of("offer", "spring");
        for (int i = 0; i < 5; i++)
        {
            _account.Send($"old {i}", Sends.Noon.AddDays(i * 110), offer);
        }

        DateTimeOffset now = Sends.Noon.AddDays(600);
        _account.Send("other", now);

        Assert.Equal("other", Assert.Single(_account.ToHistory(now).Entries).Key);
        Assert.Equal(new CapCount(5, false, null), _account.ToHistory(now).Count(new CapClaim([offer], 5, LedgerWindow.Lifetime), now, Moment, now));
        Assert.True(_account.ToHistory(now).Count(new CapClaim([offer], 6, LedgerWindow.Lifetime), now, Moment, now).Fits);
    }

    [Fact]
    public void A_window_that_reaches_back_to_what_was_dropped_is_full_until_it_no_longer_does()
    {
        _account.Send("old", Sends.Noon);
        DateTimeOffset now = Sends.Noon.AddDays(101);
        _account.Send("new", now, LedgerLabel.Of("some", "thing"));

        CapClaim cap = Sends.Rolling(3, TimeSpan.FromDays(120));
        Assert.Equal(new CapCount(3, false, Sends.Noon.AddDays(120)), _account.ToHistory(now).Count(cap, now, Moment, now));
        Assert.True(_account.ToHistory(now).Count(cap, Sends.Noon.AddDays(120), Moment, now).Fits);
        Assert.False(_account.ToHistory(now).Count(new CapClaim([Sends.All], 3, LedgerWindow.Between(Sends.Noon, now.AddDays(1))), now, Moment, now).Fits);
        Assert.True(_account.ToHistory(now).Count(new CapClaim([Sends.All], 3, LedgerWindow.Between(Sends.Noon + Tick, now.AddDays(1))), now, Moment, now).Fits);
    }

    [Fact]
    public void Times_at_both_ends_of_time_itself_are_counted_like_any_other()
    {
        Plan("last", DateTimeOffset.MaxValue, TimeSpan.FromDays(30));
        CapClaim cap = Sends.Rolling(1, TimeSpan.FromDays(366));

        Assert.Equal(new CapCount(1, false, null), Count(cap, DateTimeOffset.MaxValue - Day, TimeSpan.FromDays(30)));
        Assert.True(new CustomerHistory(DateTimeOffset.MinValue, []).Count(cap, DateTimeOffset.MinValue, Day, DateTimeOffset.MinValue).Fits);
        Assert.True(Count(cap, DateTimeOffset.MinValue).Fits);
    }

    private void Plan(string key, DateTimeOffset at, TimeSpan timeToLive) =>
        Assert.Equal(ReservationStatus.Granted, _account.Reserve(Sends.Of(key) with { PlannedAt = at, TimeToLive = timeToLive }, Sends.Noon - Day).Status);

    private CapCount Count(CapClaim cap, DateTimeOffset at, TimeSpan? timeToLive = null) =>
        _account.ToHistory(Sends.Noon).Count(cap, at, timeToLive ?? Moment, Sends.Noon.AddHours(25) < at ? at : Sends.Noon.AddHours(25));
}
