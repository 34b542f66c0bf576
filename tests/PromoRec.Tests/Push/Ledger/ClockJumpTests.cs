using FsCheck.Fluent;
using PromoRec.Push.Ledger;
using PromoRec.Tests.Properties;

namespace PromoRec.Tests.Push.Ledger;

public class ClockJumpTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly DateTimeOffset Noon = Sends.Noon;
    private readonly PlainBook _book = new();

    public static TheoryData<TimeSpan> Jumps { get; } =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), TimeSpan.FromHours(1), Day - TimeSpan.FromTicks(1), Day, TimeSpan.FromDays(30), TimeSpan.FromDays(31), TimeSpan.FromDays(101),
        TimeSpan.FromDays(366), TimeSpan.FromDays(3653),
    ];

    [Theory]
    [MemberData(nameof(Jumps))]
    public void A_clock_that_went_back_frees_no_place(TimeSpan jump)
    {
        CustomerAccount account = new();
        account.Send("first", Noon);

        foreach (DateTimeOffset now in (DateTimeOffset[])[Noon - jump, Noon - (jump / 2), Noon])
        {
            Assert.Equal(ReservationStatus.Refused, account.Reserve(Sends.Of("now", Sends.Rolling(1, Day)), now).Status);
            Assert.Equal(ReservationStatus.Refused, account.Reserve(Sends.Of("planned", Sends.Rolling(1, Day)) with { PlannedAt = Noon.AddHours(-1) }, now).Status);
        }

        Assert.Equal(ReservationStatus.Granted, account.Reserve(Sends.Of("now", Sends.Rolling(1, Day)), Noon + Day).Status);
    }

    [Theory]
    [MemberData(nameof(Jumps))]
    public void A_clock_that_went_ahead_and_came_back_has_freed_nothing(TimeSpan jump)
    {
        LedgerLabel content = LedgerLabel.Of("content", "hash");
        CapClaim sameContent = new([content], 1, LedgerWindow.Rolling(Day));
        CustomerAccount account = new();
        account.Reserve(Sends.Of("first") with { ShortLabels = [content] }, Noon);
        account.Settle("first", Settlement.Commit, Noon, _book);
        bool hasAgedOut = jump >= Day;

        ReservationStatus ahead = account.Reserve(Sends.Of("ahead", Sends.Rolling(1, Day)), Noon + jump).Status;
        Assert.Equal(hasAgedOut ? ReservationStatus.Granted : ReservationStatus.Refused, ahead);

        DateTimeOffset back = Noon.AddHours(1);
        Assert.Equal(ReservationStatus.Refused, account.Reserve(Sends.Of("back", Sends.Rolling(1, Day)), back).Status);
        Assert.Equal(ReservationStatus.Refused, account.Reserve(Sends.Of("back", sameContent) with { ShortLabels = [content] }, back).Status);
    }

    [Fact]
    public void Ten_thousand_steps_back_free_no_place()
    {
        CustomerAccount account = new();
        account.Send("first", Noon);
        account.Send("second", Noon.AddHours(1));
        Random random = new(20261103);
        DateTimeOffset now = Noon.AddHours(1);
        for (int i = 0; i < 10_000; i++)
        {
            now -= TimeSpan.FromTicks(random.NextInt64(TimeSpan.FromHours(12).Ticks));
            Assert.Equal(ReservationStatus.Refused, account.Reserve(Sends.Of("key", Sends.Rolling(2, Day)), now).Status);
        }

        Assert.Equal(2, account.ToHistory(now).Entries.Length);
        Assert.Equal(ReservationStatus.Granted, account.Reserve(Sends.Of("key", Sends.Rolling(2, Day)), Noon + Day).Status);
    }

    [Fact]
    public void A_commit_after_the_clock_went_back_does_not_age_the_send()
    {
        CustomerAccount account = new();
        account.Reserve(Sends.Of("key"), Noon);

        Assert.Equal(SettlementStatus.Done, account.Settle("key", Settlement.Commit, Noon.AddYears(-1), _book));

        Assert.Equal(Noon, account.Entry("key").At);
    }

    [Fact]
    public void A_place_stays_expired_though_the_clock_went_back_to_before_its_end()
    {
        CustomerAccount account = new();
        account.Reserve(Sends.Of("early", Sends.Rolling(1, TimeSpan.FromHours(1))), Noon);
        account.Send("late", Noon.AddHours(2));

        Assert.Equal(SettlementStatus.Expired, account.Settle("early", Settlement.Begin, Noon.AddMinutes(1), _book));
    }

    /// <summary>Time is real here, and the ledger's clock may go back at any moment: the promise is about what customers live through.</summary>
    [Fact]
    public void No_customer_is_sent_more_than_the_limit_in_any_window_of_real_time_however_the_clock_goes_back() =>
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue - 1)), seed => MostInRealTime(seed) is var (most, limit) && most <= limit).Holds(3000);

    /// <summary>Fixed windows are the ledger's: a send belongs to the day that the ledger's clock said when it began, wherever that clock jumps.</summary>
    [Fact]
    public void No_fixed_window_holds_more_sends_than_its_limit_wherever_the_clock_jumps() =>
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue - 1)), seed => MostInAFixedWindow(seed) <= 2).Holds(1000);

    private (int Most, int Limit) MostInRealTime(int seed)
    {
        Random random = new(seed);
        CustomerAccount account = new();
        int limit = random.Next(1, 4);
        int length = random.Next(1, 30);
        CapClaim cap = Sends.Rolling(limit, TimeSpan.FromTicks(length));
        Dictionary<string, long> begun = [];
        long real = 0;
        DateTimeOffset clock = Noon;
        for (int i = 0; i < 150; i++)
        {
            int passed = random.Next(3);
            real += passed;
            clock = clock.AddTicks(random.Next(12) == 0 ? -random.Next(60) : passed);
            string key = $"{random.Next(12)}";
            switch (random.Next(6))
            {
                case < 3:
                    account.Reserve(
                        Sends.Of(key, cap) with
                        {
                            PlannedAt = random.Next(2) == 0 ? null : clock.AddTicks(random.Next(40)),
                            TimeToLive = TimeSpan.FromTicks(random.Next(1, 20)),
                            IfHeld = (HeldAction)random.Next(2),
                        },
                        clock);
                    break;
                case 3 when account.Settle(key, Settlement.Release, clock, _book) == SettlementStatus.Done:
                    begun.Remove(key);
                    break;
                case 4:
                    account.Settle(key, begun.ContainsKey(key) ? Settlement.Commit : Settlement.Release, clock, _book);
                    break;
                default:
                    if (account.Settle(key, Settlement.Begin, clock, _book) == SettlementStatus.Done)
                    {
                        begun.Add(key, real);
                    }

                    break;
            }
        }

        return (begun.Values.Select(end => begun.Values.Count(at => at > end - length && at <= end)).DefaultIfEmpty().Max(), limit);
    }

    private int MostInAFixedWindow(int seed)
    {
        const int Length = 20;
        Random random = new(seed);
        CustomerAccount account = new();
        Dictionary<string, long> begun = [];
        long clock = 1000;
        for (int i = 0; i < 200; i++)
        {
            clock += random.Next(10) == 0 ? random.Next(-80, 80) : random.Next(3);
            DateTimeOffset now = Noon.AddTicks(clock);
            string key = $"{random.Next(30)}";
            if (random.Next(2) == 0)
            {
                long planned = Math.Max(clock, clock + random.Next(-20, 40));
                DateTimeOffset from = Noon.AddTicks(planned - (planned % Length));
                CapClaim cap = new([Sends.All], 2, LedgerWindow.Between(from, from.AddTicks(Length)));
                account.Reserve(Sends.Of(key, cap) with { PlannedAt = Noon.AddTicks(planned), TimeToLive = TimeSpan.FromTicks(random.Next(1, 30)) }, now);
            }
            else if (account.Settle(key, Settlement.Begin, now, _book) == SettlementStatus.Done)
            {
                begun.Add(key, clock);
            }
        }

        return begun.Values.GroupBy(at => at / Length).Select(window => window.Count()).DefaultIfEmpty().Max();
    }
}
