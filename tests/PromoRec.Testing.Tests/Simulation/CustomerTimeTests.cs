using PromoRec.Interactions;
using PromoRec.Testing.Simulation;

namespace PromoRec.Testing.Tests.Simulation;

public sealed class CustomerTimeTests
{
    [Fact]
    public void Offsets_are_those_of_the_time_zone_database()
    {
        for (int zone = 0; zone < ZoneRules.Count; zone++)
        {
            Assert.SkipUnless(TimeZoneInfo.TryFindSystemTimeZoneById(ZoneRules.Id(zone), out TimeZoneInfo? expected), $"This machine has no data for {ZoneRules.Id(zone)}.");
            for (var utc = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc); utc.Year < 2029; utc = utc.AddHours(1))
            {
                Assert.Equal(expected.GetUtcOffset(utc).TotalMinutes, ZoneRules.OffsetMinutes(zone, utc));
            }
        }
    }

    [Fact]
    public void Visits_start_within_the_hours_of_activity_in_the_customers_own_time_zone()
    {
        SimulatedCustomer[] customers = [.. Shops.Medium.Customers];
        Assert.SkipUnless(customers.All(static customer => TimeZoneInfo.TryFindSystemTimeZoneById(customer.TimeZone, out _)), "This machine has no time zone data.");
        int inside = 0, outside = 0;
        foreach (SimulatedEvent one in Shops.Medium.Events.Where(static one => one.Kind == InteractionKind.View))
        {
            SimulatedCustomer customer = customers[one.Customer];
            int sinceStart = (Shops.Local(one.At, customer.TimeZone).Hour - customer.ActiveFromHour + 24) % 24;
            bool within = sinceStart < customer.ActiveHours;
            inside += within ? 1 : 0;

            // A visit may go on after the last hour, but not for long.
            outside += within ? 0 : 1;
            Assert.True(sinceStart <= customer.ActiveHours);
        }

        Assert.InRange(outside / (double)(inside + outside), 0, 0.01);
    }

    [Fact]
    public void Visits_follow_the_clocks_when_summer_time_begins()
    {
        // Europe changes on 2026-03-29, America on 2026-03-08: all customers, a month around both.
        var simulator = new ShopSimulator(new SimulatorOptions { Customers = 400, Items = 50, Interactions = 30_000, Days = 60, Start = new DateTimeOffset(2026, 2, 15, 13, 0, 0, TimeSpan.Zero), PushShare = 0 });
        SimulatedCustomer[] customers = [.. simulator.Customers];
        Assert.SkipUnless(customers.All(static customer => TimeZoneInfo.TryFindSystemTimeZoneById(customer.TimeZone, out _)), "This machine has no time zone data.");
        foreach (SimulatedEvent one in simulator.Events)
        {
            SimulatedCustomer customer = customers[one.Customer];
            Assert.True((Shops.Local(one.At, customer.TimeZone).Hour - customer.ActiveFromHour + 24) % 24 <= customer.ActiveHours);
        }
    }

    [Fact]
    public void Pushes_are_sent_in_daytime()
    {
        Assert.SkipUnless(Shops.PushyCustomers.All(static customer => TimeZoneInfo.TryFindSystemTimeZoneById(customer.TimeZone, out _)), "This machine has no time zone data.");
        Assert.All(Shops.Pushes, static push => Assert.InRange(Shops.Local(push.At, Shops.PushyCustomers[push.Customer].TimeZone).Hour, 7, 21));
    }

    [Fact]
    public void Nothing_happens_before_joining_or_after_leaving()
    {
        SimulatedCustomer[] customers = Shops.PushyCustomers;
        foreach (SimulatedEvent one in Shops.Pushy.Events)
        {
            Assert.True(one.At >= customers[one.Customer].JoinedAt);
            Assert.True(customers[one.Customer].ChurnsAt is not { } churn || one.At < churn);
        }

        Assert.InRange(customers.Count(static customer => customer.ChurnsAt is not null) / 1_500.0, 0.16, 0.24);
    }

    [Fact]
    public void Activity_is_log_normal()
    {
        double[] logs = [.. Shops.PushyCustomers.Select(static customer => Math.Log(customer.SessionsPerDay))];
        double mean = logs.Average();
        double deviation = Math.Sqrt(logs.Average(value => (value - mean) * (value - mean)));
        double skew = logs.Average(value => Math.Pow((value - mean) / deviation, 3));

        Assert.InRange(deviation, 0.92, 1.08);
        Assert.InRange(skew, -0.3, 0.3);
    }

    [Fact]
    public void Customers_visit_as_often_as_their_rate_says()
    {
        // Busy customers of a shop without pushes; a visit has four views on average.
        var simulator = new ShopSimulator(new SimulatorOptions { Customers = 20, Items = 50, Interactions = 60_000, PushShare = 0, ChurnShare = 0, Seed = 9 });
        SimulatedEvent[] events = [.. simulator.Events];
        foreach (SimulatedCustomer customer in simulator.Customers)
        {
            double days = (events[^1].At - customer.JoinedAt).TotalDays;
            double visits = customer.SessionsPerDay * days;
            double views = events.Count(one => one.Customer == customer.Number && one.Kind == InteractionKind.View);

            // A geometric number of views has variance 12 and square mean 16: a compound Poisson sum has 28 a visit.
            Assert.InRange(views - (4 * visits), -5 * Math.Sqrt(28 * (visits + 1)), 5 * Math.Sqrt(28 * (visits + 1)));
        }
    }
}
