using PromoRec.Interactions;
using PromoRec.Numerics;

namespace PromoRec.Datasets;

/// <summary>Collects events and makes a dataset of them.</summary>
/// <remarks>
/// <para>The order of the events makes no difference, not even to one bit, and events that have an event id may come any number of times.
/// Where one id comes with different contents, the latest event is kept.</para>
/// <para>A customer or item has a row if it has a pair whose value is not zero, or a purchase or redemption; who only has events of
/// weight 0 has none. An item counts as consumed by a purchase or redemption that names it, an offer by a redemption or purchase that
/// names it; an event with a negative value is a return and consumes nothing. A pair whose values cancel out exactly, or have decayed
/// below the smallest float32, is not stored.</para>
/// <para>It takes some 32 bytes an event and 31 to 41 more where events have ids; a dataset that keeps events has 18 bytes for each. Not thread-safe.</para>
/// </remarks>
public sealed class DatasetBuilder
{
    private readonly DatasetOptions _options;
    private readonly EventTable _events;

    /// <summary>A builder without events. Later changes of the options make no difference to it.</summary>
    /// <exception cref="ArgumentException">The options have faults; the message names all of them.</exception>
    public DatasetBuilder(DatasetOptions? options = null)
    {
        options ??= new DatasetOptions();
        DatasetOptionsValidator.ThrowIfInvalid(options, nameof(options));
        _options = options.Copy();
        _events = new EventTable(_options.Weights);
    }

    /// <summary>Adds an event.</summary>
    /// <exception cref="ArgumentException">The event names no customer, or neither item nor offer; its value is not finite; or its kind has no weight.</exception>
    /// <exception cref="PromoRecException">There are more than 2³¹ - 1 events.</exception>
    public void Add(in Interaction interaction)
    {
        InteractionCheck.ThrowIfInvalid(interaction, nameof(interaction));
        _events.Add(interaction);
    }

    /// <summary>Adds events. If one is refused, those before it stay.</summary>
    /// <exception cref="ArgumentException">An event is refused for one of the reasons in <see cref="Add"/>.</exception>
    public void AddRange(IEnumerable<Interaction> interactions)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        foreach (Interaction interaction in interactions)
        {
            Add(interaction);
        }
    }

    /// <summary>Adds the events of an interaction log, or of another stream. If one is refused, those before it stay.</summary>
    /// <exception cref="ArgumentException">An event is refused for one of the reasons in <see cref="Add"/>.</exception>
    public async Task AddRangeAsync(IAsyncEnumerable<Interaction> interactions, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        await foreach (Interaction interaction in interactions.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            Add(interaction);
        }
    }

    /// <summary>Makes a dataset of the events added so far. More may be added afterwards, and another dataset built.</summary>
    /// <exception cref="PromoRecException">There is no event, or the data does not fit: the message says which limit is passed.</exception>
    /// <exception cref="OperationCanceledException">The build was cancelled; the builder is as it was before.</exception>
    public InteractionDataset Build(CancellationToken cancellationToken = default)
    {
        if (_events.Count == 0)
        {
            throw new PromoRecException(PromoRecErrorCode.InvalidDataset, "There is no event, so there is no dataset to build. Add at least one interaction.");
        }

        (EventFilter filter, DataQualityReport quality) = EventFilter.Create(_events, _options, cancellationToken);
        (IdValue[] users, int[] userPlaceOf) = _events.Users.Sort();
        (IdValue[] items, int[] itemPlaceOf) = _events.Items.Sort();
        (IdValue[] offers, int[] offerPlaceOf) = _events.Offers.Sort();
        var aggregator = new PairAggregator(_events, filter, userPlaceOf, cancellationToken);
        PairMatrix values = aggregator.Values(itemPlaceOf, _options.Aggregation);
        PairMatrix consumedItems = aggregator.ConsumedItems(itemPlaceOf);
        PairMatrix consumedOffers = aggregator.ConsumedOffers(offerPlaceOf);

        var usedUsers = new bool[users.Length];
        var usedItems = new bool[items.Length];
        var usedOffers = new bool[offers.Length];
        values.MarkRows(usedUsers);
        values.MarkColumns(usedItems);
        consumedItems.MarkRows(usedUsers);
        consumedItems.MarkColumns(usedItems);
        consumedOffers.MarkRows(usedUsers);
        consumedOffers.MarkColumns(usedOffers);

        IdIndex userIndex = Index(users, usedUsers);
        IdIndex itemIndex = Index(items, usedItems);
        IdIndex offerIndex = Index(offers, usedOffers);
        CsrMatrix byUser = values.ToCsr(usedUsers, usedItems);
        CsrMatrix itemsOf = consumedItems.ToCsr(usedUsers, usedItems);
        CsrMatrix offersOf = consumedOffers.ToCsr(usedUsers, usedOffers);
        cancellationToken.ThrowIfCancellationRequested();
        EventHistory? history = _options.KeepEvents
            ? EventHistoryCollector.Collect(_events, filter, RowsOf(userPlaceOf, usedUsers), RowsOf(itemPlaceOf, usedItems), userIndex.Count, _options.ForKeptEvents(), cancellationToken)
            : null;
        string fingerprint = DatasetFingerprint.Compute(userIndex, itemIndex, offerIndex, byUser, itemsOf, offersOf, values.LastDays, history);
        return new InteractionDataset(userIndex, itemIndex, offerIndex, byUser, itemsOf, offersOf, quality, fingerprint, history) { LastDays = values.LastDays };
    }

    /// <summary>The values alone, for the events of a single customer.</summary>
    internal IReadOnlyList<ItemEvidence> EvidenceOfOneCustomer(string parameterName)
    {
        if (_events.Users.Count > 1)
        {
            throw new ArgumentException($"The events must be of one customer, but name {_events.Users.Count}.", parameterName);
        }

        (EventFilter filter, _) = EventFilter.Create(_events, _options, CancellationToken.None);
        (IdValue[] items, int[] itemPlaceOf) = _events.Items.Sort();
        PairMatrix values = new PairAggregator(_events, filter, new int[_events.Users.Count], CancellationToken.None).Values(itemPlaceOf, _options.Aggregation);
        var evidence = new ItemEvidence[values.Columns.Length];
        for (int i = 0; i < evidence.Length; i++)
        {
            evidence[i] = new ItemEvidence(new ItemId(items[values.Columns[i]]), values.Values[i]);
        }

        return evidence;
    }

    /// <summary>For each provisional row its row in the dataset, or -1 where it has none.</summary>
    private static int[] RowsOf(int[] placeOf, bool[] used)
    {
        var rowOfPlace = new int[used.Length];
        int rows = 0;
        for (int place = 0; place < used.Length; place++)
        {
            rowOfPlace[place] = used[place] ? rows++ : -1;
        }

        return Array.ConvertAll(placeOf, place => rowOfPlace[place]);
    }

    private static IdIndex Index(IdValue[] ids, bool[] used) => IdIndex.FromSorted(ids.Where((_, place) => used[place]).ToArray());
}
