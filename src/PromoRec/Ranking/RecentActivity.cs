using System.Collections.Concurrent;
using PromoRec.Models;

namespace PromoRec.Ranking;

/// <summary>What customers did since the model was trained, so that ranking answers to the first event and hides what was bought a minute ago.</summary>
/// <remarks>
/// Any number of threads may use it. Requests read one immutable object per customer and never wait. Whoever records an event pays for
/// folding it into the model. Memory is bounded by the options; beyond it, the customers without events for longest are forgotten.
/// </remarks>
internal sealed class RecentActivity(RankingOptions options)
{
    private readonly ConcurrentDictionary<UserId, CustomerActivity> _customers = new();
    private readonly Lock _trimming = new();
    private RecommendationModel[] _models = [];
    private long _ticket;
    private int _count;

    /// <summary>Customers with events.</summary>
    public int Count => Volatile.Read(ref _count);

    public CustomerActivity? Find(UserId userId) => _customers.GetValueOrDefault(userId);

    /// <summary>Takes up events of one customer. When it returns, every later request sees them.</summary>
    public void Record(UserId userId, IReadOnlyList<CustomerEvent> events)
    {
        if (options.MaxRecentCustomers == 0)
        {
            return;
        }

        RecommendationModel[] models;
        bool done;
        do
        {
            // In this order: if a model comes in between, either the models read here name it or Prepare replaces what was found, and the update fails.
            CustomerActivity? before = Find(userId);
            models = Volatile.Read(ref _models);
            if (CustomerActivity.Add(before, events, options.MaxRecentEventsPerCustomer, Interlocked.Increment(ref _ticket)) is not { } added)
            {
                return;
            }

            CustomerActivity after = added.FoldInto(models, userId);
            done = before is null ? TryAdd(userId, after) : _customers.TryUpdate(userId, after, before);
        }
        while (!done);

        // A model that came in between may have passed this customer already.
        if (!ReferenceEquals(models, Volatile.Read(ref _models)))
        {
            Refold(userId);
        }

        if (Count > options.MaxRecentCustomers)
        {
            Forget();
        }
    }

    /// <summary>Folds every customer's events into the model that comes into use, and keeps what was folded into the one it replaces.</summary>
    public void Prepare(RecommendationModel next, RecommendationModel? current)
    {
        // A full fence: who records after this sees the new models, and who recorded before is among the customers below.
        Interlocked.Exchange(ref _models, current is null || ReferenceEquals(current, next) ? [next] : [next, current]);
        foreach (UserId userId in _customers.Select(customer => customer.Key))
        {
            Refold(userId);
        }
    }

    private void Refold(UserId userId)
    {
        RecommendationModel[] models;
        do
        {
            models = Volatile.Read(ref _models);
            if (Find(userId) is { } before && !_customers.TryUpdate(userId, before.FoldInto(models, userId), before))
            {
                models = [];
            }
        }
        while (!ReferenceEquals(models, Volatile.Read(ref _models)));
    }

    private bool TryAdd(UserId userId, CustomerActivity activity)
    {
        bool added = _customers.TryAdd(userId, activity);
        if (added)
        {
            Interlocked.Increment(ref _count);
        }

        return added;
    }

    /// <summary>Makes room in one go for an eighth of the customers, so that its cost is spread over many events.</summary>
    private void Forget()
    {
        lock (_trimming)
        {
            int surplus = Count - (options.MaxRecentCustomers - (options.MaxRecentCustomers / 8));
            if (Count <= options.MaxRecentCustomers)
            {
                return;
            }

            KeyValuePair<UserId, CustomerActivity>[] all = _customers.ToArray();
            foreach (KeyValuePair<UserId, CustomerActivity> oldest in all.OrderBy(customer => customer.Value.Ticket).Take(surplus))
            {
                if (_customers.TryRemove(oldest))
                {
                    Interlocked.Decrement(ref _count);
                }
            }
        }
    }
}
