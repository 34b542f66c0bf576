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
    private const int FewEvents = 1 << 16;

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
    /// <exception cref="PromoRecException">There are more than 2³¹ - 2¹⁵ events.</exception>
    public void Add(in Interaction interaction)
    {
        InteractionCheck.ThrowIfInvalid(interaction, nameof(interaction));
        _events.Add(interaction);
    }

    /// <summary>Adds an event whose ids are UTF-8 text. It is the same event as one with ids of these texts, and an id that was seen before allocates nothing.</summary>
    /// <exception cref="ArgumentException">As for <see cref="Add"/>, or a text is blank, too long or not valid UTF-8 and so no id.</exception>
    /// <exception cref="PromoRecException">There are more than 2³¹ - 2¹⁵ events.</exception>
    public void AddUtf8(in Utf8Interaction interaction)
    {
        InteractionCheck.ThrowIfInvalid(interaction, nameof(interaction));
        _events.Add(interaction, nameof(interaction));
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

        int threads = ThreadsFor(_events.Count);
        (EventFilter filter, DataQualityReport quality) = EventFilter.Create(_events, _options, threads, cancellationToken);
        (int[] userRowAt, int[] userPlaceOf) = _events.Users.Sort();
        (int[] itemRowAt, int[] itemPlaceOf) = _events.Items.Sort();
        (int[] offerRowAt, int[] offerPlaceOf) = _events.Offers.Sort();
        DatasetPairs pairs = new PairAggregator(_events, filter, userRowAt, userPlaceOf, itemPlaceOf, offerPlaceOf, _options.Aggregation).Aggregate(userRowAt, threads, cancellationToken);

        var usedUsers = new bool[userRowAt.Length];
        var usedItems = new bool[itemRowAt.Length];
        var usedOffers = new bool[offerRowAt.Length];
        pairs.Values.MarkRows(usedUsers);
        pairs.Values.MarkColumns(usedItems);
        pairs.ConsumedItems?.MarkRows(usedUsers);
        pairs.ConsumedItems?.MarkColumns(usedItems);
        pairs.ConsumedOffers.MarkRows(usedUsers);
        pairs.ConsumedOffers.MarkColumns(usedOffers);

        var userIndex = IdIndex.FromSorted(_events.Users, userRowAt, usedUsers);
        var itemIndex = IdIndex.FromSorted(_events.Items, itemRowAt, usedItems);
        var offerIndex = IdIndex.FromSorted(_events.Offers, offerRowAt, usedOffers);
        CsrMatrix byUser = pairs.Values.ToCsr(usedUsers, usedItems);
        CsrMatrix itemsOf = pairs.ConsumedItems?.ToCsr(usedUsers, usedItems) ?? byUser.ToOnes();
        CsrMatrix offersOf = pairs.ConsumedOffers.ToCsr(usedUsers, usedOffers);
        cancellationToken.ThrowIfCancellationRequested();
        EventHistory? history = _options.KeepEvents
            ? EventHistoryCollector.Collect(_events, filter, RowsOf(userPlaceOf, usedUsers), RowsOf(itemPlaceOf, usedItems), userIndex.Count, _options.ForKeptEvents(), cancellationToken)
            : null;
        string fingerprint = DatasetFingerprint.Compute(userIndex, itemIndex, offerIndex, byUser, itemsOf, offersOf, pairs.LastDays.Span, history);
        return new InteractionDataset(userIndex, itemIndex, offerIndex, byUser, itemsOf, offersOf, quality, fingerprint, history) { LastDays = pairs.LastDays };
    }

    /// <summary>The values alone, for the events of a single customer.</summary>
    internal IReadOnlyList<ItemEvidence> EvidenceOfOneCustomer(string parameterName)
    {
        if (_events.Users.Count > 1)
        {
            throw new ArgumentException($"The events must be of one customer, but name {_events.Users.Count}.", parameterName);
        }

        if (_events.Count == 0)
        {
            return [];
        }

        (EventFilter filter, _) = EventFilter.Create(_events, _options, threads: 1, CancellationToken.None);
        (int[] itemRowAt, int[] itemPlaceOf) = _events.Items.Sort();
        int[] onlyUser = [0];
        (_, int[] offerPlaceOf) = _events.Offers.Sort();
        PairMatrix values = new PairAggregator(_events, filter, onlyUser, onlyUser, itemPlaceOf, offerPlaceOf, _options.Aggregation).Aggregate(onlyUser, threads: 1, CancellationToken.None).Values;
        var evidence = new ItemEvidence[values.Columns.Length];
        for (int i = 0; i < evidence.Length; i++)
        {
            evidence[i] = new ItemEvidence(new ItemId(_events.Items[itemRowAt[values.Columns.Span[i]]]), values.Values.Span[i]);
        }

        return evidence;
    }

    /// <summary>One thread for what is done before another would have begun.</summary>
    private int ThreadsFor(int events) => events < FewEvents ? 1 : Threads.Resolve(_options.Threads);

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
}
