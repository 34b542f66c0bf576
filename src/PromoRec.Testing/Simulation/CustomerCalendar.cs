namespace PromoRec.Testing.Simulation;

/// <summary>When each customer's next visit and next push are due, by the hour.</summary>
internal sealed class CustomerCalendar
{
    private readonly int[] _head;
    private readonly int[] _next;
    private readonly long[] _due;

    public CustomerCalendar(int hours, int customers)
    {
        _head = new int[hours];
        Array.Fill(_head, -1);
        _next = new int[2 * customers];
        _due = new long[2 * customers];
    }

    /// <summary>Notes when something is due; after the last hour it never is.</summary>
    public void Schedule(int customer, bool push, long ms)
    {
        long hour = ms / ShopClock.HourMs;
        if (hour < _head.Length)
        {
            int node = (2 * customer) + (push ? 1 : 0);
            _due[node] = ms;
            _next[node] = _head[hour];
            _head[hour] = node;
        }
    }

    /// <summary>Takes something that is due in an hour, in no order of time.</summary>
    public bool TryTake(long hour, out int customer, out bool push, out long ms)
    {
        int node = _head[hour];
        customer = node >> 1;
        push = (node & 1) != 0;
        ms = 0;
        if (node < 0)
        {
            return false;
        }

        ms = _due[node];
        _head[hour] = _next[node];
        return true;
    }
}
