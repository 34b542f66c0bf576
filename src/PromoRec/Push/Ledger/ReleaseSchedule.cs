namespace PromoRec.Push.Ledger;

/// <summary>The customers who hold budgets that will be given back by their own end, by the time when that is.</summary>
/// <remarks>Whoever takes from a budget notes its end here before it lets go of the budget, so that nobody who sees the budget short can miss it.</remarks>
internal sealed class ReleaseSchedule
{
    private readonly Lock _gate = new();
    private readonly SortedSet<(DateTimeOffset At, UserId UserId)> _ends = [];
    private long _firstTicks = long.MaxValue;

    /// <summary>Whether something has ended that has not been given back yet.</summary>
    public bool IsDue(DateTimeOffset now) => Volatile.Read(ref _firstTicks) <= now.UtcTicks;

    public bool TryGetDue(DateTimeOffset now, out UserId userId)
    {
        lock (_gate)
        {
            bool isDue = _ends.Count > 0 && _ends.Min.At <= now;
            userId = isDue ? _ends.Min.UserId : default;
            return isDue;
        }
    }

    public void Move(UserId userId, DateTimeOffset? from, DateTimeOffset? to)
    {
        if (from == to)
        {
            return;
        }

        lock (_gate)
        {
            if (from is { } before)
            {
                _ends.Remove((before, userId));
            }

            if (to is { } after)
            {
                _ends.Add((after, userId));
            }

            Volatile.Write(ref _firstTicks, _ends.Count == 0 ? long.MaxValue : _ends.Min.At.UtcTicks);
        }
    }
}
