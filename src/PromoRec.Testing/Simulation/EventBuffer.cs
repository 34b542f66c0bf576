namespace PromoRec.Testing.Simulation;

/// <summary>The events of the hour under way, to be sorted, and those that fall into later hours.</summary>
/// <remarks>Memory grows with the events of one hour and with the reactions still due, never with the length of the simulation.</remarks>
internal sealed class EventBuffer
{
    private readonly ShopClock _clock;
    private readonly int[] _sequence;
    private readonly int[] _laterHead;
    private SimulatedEvent[] _events = new SimulatedEvent[256];
    private long[] _order = new long[256];
    private SimulatedEvent[] _later = new SimulatedEvent[256];
    private int[] _laterNext = new int[256];
    private int _laterFree = -1;
    private int _laterCount;
    private long _hour = -1;

    public EventBuffer(ShopClock clock, int customers)
    {
        _clock = clock;
        _sequence = new int[customers];
        _laterHead = new int[clock.Hours];
        Array.Fill(_laterHead, -1);
    }

    public int Count { get; private set; }

    /// <summary>An event of the hour by its place in time, after <see cref="Sort"/>.</summary>
    public ref readonly SimulatedEvent this[int place] => ref _events[(int)_order[place]];

    /// <summary>Starts an hour with the events that earlier ones have left for it.</summary>
    public void BeginHour(long hour)
    {
        _hour = hour;
        Count = 0;
        int node = _laterHead[hour];
        while (node >= 0)
        {
            Keep(_later[node]);
            int next = _laterNext[node];
            _laterNext[node] = _laterFree;
            _laterFree = node;
            node = next;
        }
    }

    /// <summary>Adds an event of this hour or a later one; one after the nominal end is forgotten.</summary>
    /// <returns>The event's number among the customer's.</returns>
    public int Add(EventCode code, int customer, int item, int offer, int push, float value, long ms)
    {
        int sequence = _sequence[customer]++;
        long utcTicks = _clock.Start.UtcTicks + (ms * TimeSpan.TicksPerMillisecond);
        var added = new SimulatedEvent(code, customer, item, offer, push, sequence, value, utcTicks);
        long hour = ms / ShopClock.HourMs;
        if (hour == _hour)
        {
            Keep(added);
        }
        else if (hour < _laterHead.Length)
        {
            AddLater(added, hour);
        }

        return sequence;
    }

    /// <summary>Orders the hour's events by time; those of the same millisecond stay as they were added.</summary>
    public void Sort()
    {
        if (_order.Length < _events.Length)
        {
            _order = new long[_events.Length];
        }

        long hourTicks = _clock.Start.UtcTicks + (_hour * TimeSpan.TicksPerHour);
        for (int i = 0; i < Count; i++)
        {
            _order[i] = ((_events[i].At.UtcTicks - hourTicks) / TimeSpan.TicksPerMillisecond << 32) | (uint)i;
        }

        Array.Sort(_order, 0, Count);
    }

    private void Keep(in SimulatedEvent added)
    {
        if (Count == _events.Length)
        {
            Array.Resize(ref _events, 2 * Count);
        }

        _events[Count++] = added;
    }

    private void AddLater(in SimulatedEvent added, long hour)
    {
        int node = _laterFree;
        if (node >= 0)
        {
            _laterFree = _laterNext[node];
        }
        else
        {
            node = _laterCount++;
            if (node == _later.Length)
            {
                Array.Resize(ref _later, 2 * node);
                Array.Resize(ref _laterNext, 2 * node);
            }
        }

        _later[node] = added;
        _laterNext[node] = _laterHead[hour];
        _laterHead[hour] = node;
    }
}
