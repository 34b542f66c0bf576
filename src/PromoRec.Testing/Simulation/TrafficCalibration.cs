using PromoRec.Numerics;

namespace PromoRec.Testing.Simulation;

/// <summary>Finds how often customers must come, and be pushed to, for the wanted number of events.</summary>
internal static class TrafficCalibration
{
    private const int SampledViews = 40_000;
    private const int SampledPushes = 2_000;
    private const int Rounds = 4;
    private const double MaxPushesPerDay = 2;
    private const double PushEstimateTrusted = 0.85;

    public static void Calibrate(ShopWorld shop)
    {
        CustomerWorld customers = shop.Customers;
        SimulatorOptions options = shop.Options;

        // Some more than wanted, so that chance hardly ever ends the time before the events; a visit of six events makes their number jump.
        double wanted = options.Interactions * (1.02 + (4 * Math.Sqrt(10.0 / options.Interactions)));
        double activity = 0;
        double consentedDays = 0;
        int consenting = 0;
        for (int customer = 0; customer < customers.Count; customer++)
        {
            ref readonly CustomerTraits traits = ref customers.Traits(customer);
            activity += traits.Activity * customers.ActiveDays(customer);
            if (traits.ConsentMask != 0)
            {
                consentedDays += customers.ActiveDays(customer);
                consenting++;
            }
        }

        double pushesPerDay = 0;
        double pushEvents = 0;
        if (options.PushShare > 0 && consentedDays > 0)
        {
            double daysEach = consentedDays / consenting;
            double perPush = 1;

            // Whoever unsubscribes is pushed no more, so the others are pushed more often; that tires them, and changes how they react.
            double staying = 1;
            for (int round = 0; round < Rounds; round++)
            {
                pushesPerDay = Math.Min(MaxPushesPerDay, wanted * options.PushShare / (Math.Max(perPush, 0.1) * consentedDays * staying));
                (perPush, double unsubscribes) = EventsPerPush(shop, fatigue: 7 * pushesPerDay * (1 - options.HoldoutShare));
                double hazard = unsubscribes * pushesPerDay * daysEach;
                staying = hazard < 1e-6 ? 1 : (1 - PortableMath.Exp(-hazard)) / hazard;
            }

            pushEvents = pushesPerDay * consentedDays * staying * perPush;
        }

        // Visits make good what the estimate may have promised too much; the simulation stops at the wanted number anyway.
        double visits = Math.Max(wanted - (PushEstimateTrusted * pushEvents), 0) / (EventsPerView(shop, activity) / (1 - SimulationRun.ContinueProbability));
        customers.SetRates(visits / activity, pushesPerDay);
    }

    private static double EventsPerView(ShopWorld shop, double activity)
    {
        CustomerWorld customers = shop.Customers;
        SeededRandom random = RandomStream.Calibration(shop.Options.Seed);

        // Every customer in proportion to their visits, by equal steps through all visits.
        double step = activity / SampledViews;
        double position = step / 2;
        double passed = 0;
        double events = 0;
        int sampled = 0;
        for (int customer = 0; customer < customers.Count; customer++)
        {
            passed += customers.Traits(customer).Activity * customers.ActiveDays(customer);
            for (; position < passed; position += step)
            {
                int item = customers.DrawView(ref random, customer);
                double affinity = shop.Truth.Affinity(customer, item);
                events += 1 + (shop.Truth.CartProbability(customer, item, affinity) * (1 + shop.Truth.BuyProbability(customer, item, affinity)));
                sampled++;
            }
        }

        return events / sampled;
    }

    private static (double Events, double Unsubscribes) EventsPerPush(ShopWorld shop, double fatigue)
    {
        SeededRandom random = RandomStream.Calibration(shop.Options.Seed ^ 1);
        var policy = new LoggingPolicy(shop);
        var state = new PushState(shop);
        double held = shop.Options.HoldoutShare;
        double events = 0;
        double unsubscribes = 0;
        int sampled = 0;
        for (int day = 0; day < shop.Options.Days; day++)
        {
            policy.BeginHour((long)day * ShopClock.HoursPerDay);
            for (int i = 0; i <= SampledPushes / shop.Options.Days; i++)
            {
                int customer = random.NextInt32(shop.Customers.Count);
                long ms = ((day * 24L) + random.NextInt32(24)) * ShopClock.HourMs;
                policy.List(ref random, customer, state);
                sampled++;
                if (policy.Count > 0)
                {
                    int choice = policy.Pick(ref random);
                    PushOdds odds = shop.Truth.Push(customer, shop.Offers[policy.Offer(choice)], policy.Affinity(choice), ms, (SimulatedChannel)random.NextInt32(CustomerWorld.Channels), fatigue);
                    double whenSent = 1 + odds.Click + odds.Dismiss + odds.Unsubscribe + (2 * odds.RedeemIfPushed);
                    events += ((1 - held) * whenSent) + (held * 2 * odds.RedeemIfNotPushed);
                    unsubscribes += (1 - held) * odds.Unsubscribe;
                }
            }
        }

        return (events / sampled, unsubscribes / sampled);
    }
}
