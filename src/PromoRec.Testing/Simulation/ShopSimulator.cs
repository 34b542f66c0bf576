using PromoRec.Interactions;

namespace PromoRec.Testing.Simulation;

/// <summary>A made-up shop whose customers behave by known probabilities, for demos, benchmarks and tests against the truth.</summary>
/// <remarks>
/// <para>
/// The same options give the same events on every machine, however often and however far they are enumerated. Events come in order of
/// time and are never held: memory grows with customers, items and the events of one hour.
/// </para>
/// <para>Immutable: any number of threads may enumerate at once, each from the beginning.</para>
/// </remarks>
public sealed class ShopSimulator : ICustomerDirectory
{
    private readonly ShopWorld _shop;

    /// <summary>Makes the shop, its customers, items and offers. Takes some microseconds a customer and an item.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public ShopSimulator(SimulatorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _shop = new ShopWorld(options.Checked(nameof(options)));
        var records = new ShopRecords(_shop);
        Categories = new OnDemandList<string>(_shop.Items.Categories, ShopWords.Category);
        Brands = new OnDemandList<string>(_shop.Items.Brands, ShopWords.Brand);
        Items = new OnDemandList<SimulatedItem>(_shop.Items.Count, records.Item);
        Customers = new OnDemandList<SimulatedCustomer>(_shop.Customers.Count, records.Customer);
        Campaigns = [.. Enumerable.Range(0, _shop.Offers.Campaigns).Select(records.Campaign)];
        Offers = [.. Enumerable.Range(0, _shop.Offers.Count).Select(records.Offer)];
    }

    /// <summary>Names of the categories.</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>Names of the brands.</summary>
    public IReadOnlyList<string> Brands { get; }

    /// <summary>The items by number, made when they are asked for.</summary>
    public IReadOnlyList<SimulatedItem> Items { get; }

    /// <summary>The customers by number, made when they are asked for.</summary>
    public IReadOnlyList<SimulatedCustomer> Customers { get; }

    /// <summary>The campaigns, in order of time.</summary>
    public IReadOnlyList<SimulatedCampaign> Campaigns { get; }

    /// <summary>The offers by number, all campaigns together.</summary>
    public IReadOnlyList<Offer> Offers { get; }

    /// <summary>The probabilities that the events are drawn from.</summary>
    public ShopTruth Truth => _shop.Truth;

    /// <summary>First instant of the simulation.</summary>
    public DateTimeOffset Start => _shop.Clock.Start;

    /// <summary>First instant after the days that activity is spread over; the last event comes before it.</summary>
    public DateTimeOffset End => _shop.Clock.At(_shop.Clock.Hours * ShopClock.HourMs);

    /// <summary>All events as numbers, in order of time. Nothing is allocated for an event.</summary>
    public IEnumerable<SimulatedEvent> Events => EnumerateEvents();

    /// <summary>All events with ids, in order of time: <see cref="Events"/> as a log has them.</summary>
    /// <remarks>
    /// An impression, click, dismissal or unsubscription names the offer only; a redemption names the offer and the item, and the
    /// purchase that it brings is an event of its own. Times are UTC. Event ids are unique.
    /// </remarks>
    public IEnumerable<Interaction> Interactions => EnumerateInteractions();

    /// <summary>All chosen pushes, sent and held back, in order of time, with their truth.</summary>
    public IEnumerable<SimulatedPush> Pushes => EnumeratePushes();

    /// <summary>The number of a customer, or -1 when the shop has no such customer.</summary>
    public int CustomerNumber(UserId userId) => ShopIds.Number(userId.ToString(), "c", _shop.Customers.Count, ShopIds.Customer);

    /// <summary>The number of an item, or -1 when the shop has no such item.</summary>
    public int ItemNumber(ItemId itemId) => ShopIds.Number(itemId.ToString(), "i", _shop.Items.Count, ShopIds.Item);

    /// <summary>The number of an offer, or -1 when the shop has no such offer.</summary>
    public int OfferNumber(OfferId offerId) => ShopIds.Number(offerId.ToString(), "offer-", _shop.Offers.Count, ShopIds.Offer);

    /// <inheritdoc/>
    public bool IsInSegment(UserId userId, string segment)
    {
        int customer = CustomerNumber(userId);
        return customer >= 0 && _shop.Customers.Traits(customer).IsIn(segment);
    }

    private IEnumerable<SimulatedEvent> EnumerateEvents()
    {
        var run = new SimulationRun(_shop, recordPushes: false);
        long left = _shop.Options.Interactions;
        while (run.NextHour())
        {
            for (int i = 0; i < run.Count; i++)
            {
                if (run[i].Code == EventCode.HeldBack)
                {
                    continue;
                }

                yield return run[i];
                if (--left == 0)
                {
                    yield break;
                }
            }
        }
    }

    private IEnumerable<Interaction> EnumerateInteractions()
    {
        // Ids are made once, not once an event.
        var users = new UserId[_shop.Customers.Count];
        var items = new ItemId[_shop.Items.Count];
        foreach (SimulatedEvent one in EnumerateEvents())
        {
            ref UserId user = ref users[one.Customer];
            user = user.IsEmpty ? ShopIds.Customer(one.Customer) : user;
            ItemId item = default;
            if (one.Item >= 0)
            {
                ref ItemId known = ref items[one.Item];
                known = known.IsEmpty ? ShopIds.Item(one.Item) : known;
                item = known;
            }

            yield return new Interaction(user, item, one.Kind, one.At)
            {
                Offer = one.Offer >= 0 ? Offers[one.Offer].Id : default,
                Value = one.Value,
                EventId = ShopIds.Event(one.Customer, one.Sequence),
            };
        }
    }

    private IEnumerable<SimulatedPush> EnumeratePushes()
    {
        var run = new SimulationRun(_shop, recordPushes: true);
        long left = _shop.Options.Interactions;
        while (run.NextHour())
        {
            for (int i = 0; i < run.Count && left > 0; i++)
            {
                EventCode code = run[i].Code;
                if (code is EventCode.Impression or EventCode.HeldBack)
                {
                    yield return run.Push(run[i].Push);
                }

                left -= code == EventCode.HeldBack ? 0 : 1;
            }

            if (left == 0)
            {
                yield break;
            }
        }
    }
}
