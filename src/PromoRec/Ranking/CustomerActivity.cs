using PromoRec.Models;

namespace PromoRec.Ranking;

/// <summary>What one customer did since the model was trained. Immutable; a new event makes a new one.</summary>
internal sealed class CustomerActivity
{
    private static readonly CustomerActivity Empty = new([], [], [], [], [], 0);

    private readonly CustomerEvent[] _events;
    private readonly ItemId[] _consumedItems;
    private readonly OfferId[] _redeemedOffers;
    private readonly (ItemId Item, int Day)[] _lastDays;
    private readonly FoldedActivity[] _folded;

    private CustomerActivity(CustomerEvent[] events, ItemId[] consumedItems, OfferId[] redeemedOffers, (ItemId Item, int Day)[] lastDays, FoldedActivity[] folded, long ticket)
    {
        _events = events;
        _consumedItems = consumedItems;
        _redeemedOffers = redeemedOffers;
        _lastDays = lastDays;
        _folded = folded;
        Ticket = ticket;
    }

    /// <summary>Grows with every event of any customer, so that the smallest belongs to whom nothing happened for longest.</summary>
    public long Ticket { get; }

    /// <summary>The distinct items purchased or redeemed.</summary>
    public ReadOnlySpan<ItemId> ConsumedItems => _consumedItems;

    /// <summary>The distinct offers that a redemption or purchase named.</summary>
    public ReadOnlySpan<OfferId> RedeemedOffers => _redeemedOffers;

    /// <summary>The distinct items of events whose time is known, each with the latest day, counted from 0001-01-01 UTC.</summary>
    public ReadOnlySpan<(ItemId Item, int Day)> LastDays => _lastDays;

    /// <summary>What is known for a model; null where the model's own data says the same, or nothing is known of the items.</summary>
    public FoldedActivity? FoldedFor(RecommendationModel model)
    {
        foreach (FoldedActivity folded in _folded)
        {
            if (ReferenceEquals(folded.Model, model))
            {
                return folded;
            }
        }

        return null;
    }

    /// <summary>Adds events to those of a customer, who may have none yet; the same event id counts once.</summary>
    /// <returns>Null when all of them were there already.</returns>
    public static CustomerActivity? Add(CustomerActivity? activity, IReadOnlyList<CustomerEvent> added, int capacity, long ticket)
    {
        activity ??= Empty;
        var events = new List<CustomerEvent>(activity._events);
        var consumedItems = new List<ItemId>(activity._consumedItems);
        var redeemedOffers = new List<OfferId>(activity._redeemedOffers);
        HashSet<string> ids = [.. events.Where(known => known.EventId is not null).Select(known => known.EventId!)];
        int before = events.Count;
        foreach (CustomerEvent one in added)
        {
            if (one.EventId is not null && !ids.Add(one.EventId))
            {
                continue;
            }

            events.Add(one);
            if (one.IsConsumption && !one.Item.IsEmpty)
            {
                MoveLast(consumedItems, one.Item);
            }

            if (one.IsConsumption && !one.Offer.IsEmpty)
            {
                MoveLast(redeemedOffers, one.Offer);
            }
        }

        if (events.Count == before)
        {
            return null;
        }

        CustomerEvent[] kept = Latest(events, capacity);
        return new CustomerActivity(kept, Latest(consumedItems, capacity), Latest(redeemedOffers, capacity), LastDaysOf(kept), [], ticket);
    }

    /// <summary>The same events, folded into each of the models that needs it; what was folded into other models is dropped.</summary>
    public CustomerActivity FoldInto(ReadOnlySpan<RecommendationModel> models, UserId userId)
    {
        var all = new List<FoldedActivity>(models.Length);
        foreach (RecommendationModel model in models)
        {
            FoldedActivity? folded = FoldedFor(model) ?? ActivityFolding.Fold(model, userId, Evidence(), _consumedItems);
            if (folded is not null)
            {
                all.Add(folded);
            }
        }

        return new CustomerActivity(_events, _consumedItems, _redeemedOffers, _lastDays, [.. all], Ticket);
    }

    /// <summary>The sum of the events of each item.</summary>
    private Dictionary<ItemId, float> Evidence()
    {
        var evidence = new Dictionary<ItemId, float>();
        foreach (CustomerEvent one in _events)
        {
            if (!one.Item.IsEmpty && one.Value != 0)
            {
                evidence[one.Item] = evidence.GetValueOrDefault(one.Item) + one.Value;
            }
        }

        return evidence;
    }

    private static (ItemId Item, int Day)[] LastDaysOf(CustomerEvent[] events) =>
        [.. events.Where(one => !one.Item.IsEmpty && one.Day > 0).GroupBy(one => one.Item, (item, same) => (item, same.Max(one => one.Day)))];

    private static void MoveLast<T>(List<T> list, T one)
    {
        list.Remove(one);
        list.Add(one);
    }

    private static T[] Latest<T>(List<T> list, int capacity) => [.. list.Skip(Math.Max(0, list.Count - capacity))];
}
