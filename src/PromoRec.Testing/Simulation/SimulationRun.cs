using PromoRec.Numerics;

namespace PromoRec.Testing.Simulation;

/// <summary>One pass over the simulated time, hour by hour. Two passes over one shop give the same events.</summary>
internal sealed class SimulationRun
{
    /// <summary>That a customer who has looked at an item looks at another one in the same visit.</summary>
    public const float ContinueProbability = 0.75f;

    public const int MaxViews = 50;

    private readonly ShopWorld _shop;
    private readonly SeededRandom[] _random;
    private readonly CustomerCalendar _calendar;
    private readonly EventBuffer _events;
    private readonly PushProcess _pushes;
    private readonly List<SimulatedPush>? _recorded;
    private long _hour = -1;

    public SimulationRun(ShopWorld shop, bool recordPushes)
    {
        _shop = shop;
        int customers = shop.Customers.Count;
        _random = new SeededRandom[customers];
        _calendar = new CustomerCalendar(shop.Clock.Hours, customers);
        _events = new EventBuffer(shop.Clock, customers);
        _recorded = recordPushes ? [] : null;
        _pushes = new PushProcess(shop, _events, _recorded);
        for (int customer = 0; customer < customers; customer++)
        {
            ref SeededRandom random = ref _random[customer];
            random = RandomStream.Behaviour(shop.Options.Seed, customer);
            Schedule(customer, push: false, NextSession(ref random, customer, shop.Customers.Traits(customer).JoinsAt));
            Schedule(customer, push: true, _pushes.First(ref random, customer));
        }
    }

    /// <summary>Events of the hour, held-back pushes among them.</summary>
    public int Count => _events.Count;

    /// <summary>An event of the hour, in order of time.</summary>
    public ref readonly SimulatedEvent this[int place] => ref _events[place];

    /// <summary>The record of a push of the hour, where pushes are recorded.</summary>
    public SimulatedPush Push(int number) => _recorded![number - _pushes.FirstOfHour];

    /// <summary>Simulates the next hour, unless all are over.</summary>
    public bool NextHour()
    {
        if (++_hour >= _shop.Clock.Hours)
        {
            return false;
        }

        _events.BeginHour(_hour);
        _pushes.BeginHour(_hour);
        while (_calendar.TryTake(_hour, out int customer, out bool push, out long ms))
        {
            ref SeededRandom random = ref _random[customer];
            if (push)
            {
                Schedule(customer, push: true, _pushes.Run(ref random, customer, ms));
            }
            else
            {
                Visit(ref random, customer, ms);
                Schedule(customer, push: false, NextSession(ref random, customer, ms));
            }
        }

        _events.Sort();
        return true;
    }

    private void Visit(ref SeededRandom random, int customer, long ms)
    {
        long churnsAt = _shop.Customers.Traits(customer).ChurnsAt;
        int views = 0;
        do
        {
            int item = _shop.Customers.DrawView(ref random, customer);
            Add(EventCode.View, item, 1, ref random);
            double affinity = _shop.Truth.Affinity(customer, item);
            if (random.NextDouble() < _shop.Truth.CartProbability(customer, item, affinity))
            {
                int pieces = 1 + (random.NextSingle() < 0.15f ? 1 + random.NextInt32(3) : 0);
                Add(EventCode.Cart, item, pieces, ref random);
                if (random.NextDouble() < _shop.Truth.BuyProbability(customer, item, affinity))
                {
                    Add(EventCode.Purchase, item, pieces, ref random);
                }
            }
        }
        while (random.NextSingle() < ContinueProbability && ++views < MaxViews);

        void Add(EventCode code, int item, float value, ref SeededRandom random)
        {
            if (ms < churnsAt)
            {
                _events.Add(code, customer, item, -1, -1, value, ms);
            }

            ms += 4_000 + random.NextInt32(40_000);
        }
    }

    private long NextSession(ref SeededRandom random, int customer, long from)
    {
        ref readonly CustomerTraits traits = ref _shop.Customers.Traits(customer);
        return _shop.Clock.Next(ref random, traits.Profile, traits.Zone, traits.SessionsPerDay, from);
    }

    private void Schedule(int customer, bool push, long ms)
    {
        if (ms < _shop.Customers.Traits(customer).ChurnsAt)
        {
            _calendar.Schedule(customer, push, ms);
        }
    }
}
