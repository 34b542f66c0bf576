using System.Collections.Concurrent;
using PromoRec.Interactions;

namespace PromoRec.Profiles;

/// <summary>What is known of each customer: takes events up as they come, in any order, and tells what they say.</summary>
/// <remarks>
/// <para>Any number of threads may use it. A profile depends only on the set of events, not on the order or the threads that brought them, to the last
/// bit: the events themselves are kept, sorted, and summed when somebody reads. Events with the same id are one event of the
/// customer; of several contents the greatest counts: purchases and redemptions before others, then the later.</para>
/// <para>It lives in memory and is bounded by <see cref="CustomerProfileOptions.MaxCustomers"/> and <see cref="CustomerProfileOptions.MaxEventsPerCustomer"/>.
/// After a start, <see cref="LoadAsync"/> fills it from the log. Cost: adding is O(log n) on average, reading O(n), for the n events of a customer.</para>
/// </remarks>
public sealed class CustomerProfiles
{
    private const int LoadBatch = 1_024;

    private readonly ConcurrentDictionary<UserId, ProfileAccount> _accounts = new();
    private readonly Lock _trimming = new();
    private readonly ProfileRules _rules;
    private readonly CatalogFollower _catalog;
    private readonly TimeProvider _time;
    private int _count;
    private long _dropped;

    /// <summary>Starts without customers.</summary>
    /// <param name="catalog">Says which categories, brand and price items have, and at what offers aim. Profiles follow its changes.</param>
    /// <param name="options">The options, copied; the defaults unless set.</param>
    /// <param name="time">The clock; that of the system unless set.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public CustomerProfiles(IOfferCatalog catalog, CustomerProfileOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        options ??= new CustomerProfileOptions();
        options.Validate();
        _rules = new ProfileRules(options.Copy());
        _catalog = new CatalogFollower(catalog);
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Customers of whom anything is kept.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>How often a customer was dropped because there were more than <see cref="CustomerProfileOptions.MaxCustomers"/>.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Takes up events, wholly or not at all. When it returns, every later read sees them.</summary>
    /// <exception cref="ArgumentException">An event is not valid: no customer, neither item nor offer, a value that is not finite, or an amount out of range.</exception>
    public void Add(IReadOnlyList<Interaction> events)
    {
        ArgumentNullException.ThrowIfNull(events);

        // The caller may change its list, and what was checked must be what is taken up.
        Interaction[] checkedEvents = [.. events];
        foreach (ref readonly Interaction interaction in checkedEvents.AsSpan())
        {
            InteractionCheck.ThrowIfInvalid(interaction, nameof(events));
        }

        AddValid(checkedEvents);
    }

    /// <summary>Takes up everything in a log. Events that came from elsewhere in the meantime count once if they have ids, and twice if not.</summary>
    /// <returns>How many events the log gave.</returns>
    public async Task<long> LoadAsync(IInteractionLog log, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(log);
        long count = 0;
        var batch = new List<Interaction>(LoadBatch);
        await foreach (Interaction interaction in log.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            count++;
            batch.Add(interaction);
            if (batch.Count == LoadBatch)
            {
                Add(batch);
                batch.Clear();
            }
        }

        Add(batch);
        return count;
    }

    /// <summary>Says something of a customer. What the same source said later under the same name stands.</summary>
    public void SetTag(UserId userId, CustomerTag tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        Say(userId, tag, takesBack: false);
    }

    /// <summary>Takes back what a source said up to a time; what it says later stands.</summary>
    /// <param name="userId">Of whom.</param>
    /// <param name="name">What was said.</param>
    /// <param name="source">Who said it.</param>
    /// <param name="at">Up to and with which time; now unless set.</param>
    /// <exception cref="ArgumentException">The customer is empty, or a text cannot be a tag's.</exception>
    public void RemoveTag(UserId userId, string name, string source, DateTimeOffset? at = null) =>
        Say(userId, new CustomerTag(name, source, at ?? _time.GetUtcNow()), takesBack: true);

    /// <summary>The profile of a customer now; null for one of whom nothing is kept.</summary>
    public CustomerProfile? Find(UserId userId) => Find(userId, _time.GetUtcNow());

    /// <summary>The profile of a customer as it was, or will be, at a time: later events do not count. Tags and segment are the latest there are.</summary>
    /// <returns>Null for a customer of whom nothing is kept.</returns>
    public CustomerProfile? Find(UserId userId, DateTimeOffset asOf) =>
        _accounts.TryGetValue(userId, out ProfileAccount? account) && account.Read() is { } contents
            ? ProfileReader.Read(contents, _rules, _catalog.Current, asOf.ToUniversalTime())
            : null;

    /// <summary>Works out where every customer stands among all others, and keeps it in each one's profile until the next call.</summary>
    /// <remarks>The same customers, events, catalog and moment give the same bits, for any number of threads. Cost: all profiles, and k-means over those with interests.</remarks>
    public ProfileSegments Segment(CancellationToken cancellationToken = default)
    {
        ProfileAccount[] accounts = [.. _accounts.Values.OrderBy(account => account.UserId)];
        var (segments, found) = ProfileSegmenter.Segment(accounts, _rules, _catalog.Current, _time.GetUtcNow().ToUniversalTime(), cancellationToken);
        for (int i = 0; i < accounts.Length; i++)
        {
            // An account that was erased in the meantime is closed and takes nothing.
            if (found[i] is { } segment)
            {
                accounts[i].Set(segment);
            }
        }

        return segments;
    }

    /// <summary>Everything that is kept of a customer, as indented JSON in UTF-8 for the customer to read: profile, tags and events with their ids.</summary>
    /// <returns>Null for a customer of whom nothing is kept.</returns>
    public byte[]? Export(UserId userId)
    {
        if (!_accounts.TryGetValue(userId, out ProfileAccount? account) || account.Read() is not { } contents)
        {
            return null;
        }

        return ProfileJson.Write(ProfileReader.Read(contents, _rules, _catalog.Current, _time.GetUtcNow().ToUniversalTime()), contents);
    }

    /// <summary>Erases everything that is kept of a customer: events and their ids, tags, segment. Events that come later begin a new profile.</summary>
    /// <returns>Whether there was anything.</returns>
    /// <remarks>The log is the host's: an event that is still there comes back with the next <see cref="LoadAsync"/>.</remarks>
    public bool Forget(UserId userId)
    {
        if (!_accounts.TryRemove(userId, out ProfileAccount? account))
        {
            return false;
        }

        Interlocked.Decrement(ref _count);
        account.Close();
        return true;
    }

    /// <summary>Takes up those of the events that are valid: they stand in the host's log already, which may be less strict.</summary>
    internal void AddWhereValid(ReadOnlySpan<Interaction> events)
    {
        foreach (ref readonly Interaction interaction in events)
        {
            if (InteractionCheck.IsValid(interaction))
            {
                AddOne(interaction);
            }
        }
    }

    private void AddValid(ReadOnlySpan<Interaction> events)
    {
        foreach (ref readonly Interaction interaction in events)
        {
            AddOne(interaction);
        }
    }

    private void AddOne(in Interaction interaction)
    {
        if (!_rules.Matters(interaction))
        {
            return;
        }

        while (!AccountOf(interaction.User).TryAdd(interaction))
        {
            // It was erased or dropped just now; the next one is new.
        }

        DropWhereTooMany();
    }

    private void Say(UserId userId, CustomerTag tag, bool takesBack)
    {
        if (userId.IsEmpty)
        {
            throw new ArgumentException("A tag must be of a customer, but the id is empty.", nameof(userId));
        }

        while (!AccountOf(userId).TrySay(tag, takesBack))
        {
            // As above.
        }

        DropWhereTooMany();
    }

    private ProfileAccount AccountOf(UserId userId)
    {
        ProfileAccount? account;
        while (!_accounts.TryGetValue(userId, out account))
        {
            account = new ProfileAccount(userId, _rules.Options);
            if (_accounts.TryAdd(userId, account))
            {
                Interlocked.Increment(ref _count);
                break;
            }
        }

        return account;
    }

    private void DropWhereTooMany()
    {
        int most = _rules.Options.MaxCustomers;
        if (Count <= most)
        {
            return;
        }

        lock (_trimming)
        {
            int surplus = Count - (most - (most / 8));
            if (Count <= most)
            {
                return;
            }

            // The times are read once: they change while others add.
            (ProfileAccount Account, long Latest)[] all = [.. _accounts.Values.Select(account => (account, account.LatestTicks))];
            foreach ((ProfileAccount account, _) in all.OrderBy(pair => pair.Latest).ThenBy(pair => pair.Account.UserId).Take(surplus))
            {
                if (_accounts.TryRemove(KeyValuePair.Create(account.UserId, account)))
                {
                    Interlocked.Decrement(ref _count);
                    Interlocked.Increment(ref _dropped);
                    account.Close();
                }
            }
        }
    }
}
