using PromoRec.Interactions;

namespace PromoRec.Profiles;

/// <summary>Everything that is kept of one customer. Any number of threads may use it.</summary>
internal sealed class ProfileAccount(UserId userId, CustomerProfileOptions options)
{
    private readonly Lock _gate = new();
    private readonly EventHistory _history = new(options.MaxEventsPerCustomer);
    private readonly TagSet _tags = new(options.MaxTagsPerCustomer);
    private CustomerSegment? _segment;
    private long _latestTicks;
    private bool _isClosed;

    public UserId UserId => userId;

    /// <summary>The latest time of any event or tag, those dropped among them.</summary>
    public long LatestTicks => Volatile.Read(ref _latestTicks);

    /// <summary>Takes an event up; false when the account was closed, and a new one is needed.</summary>
    public bool TryAdd(in Interaction interaction)
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                _history.Add(interaction);
                Touch(interaction.At);
            }

            return !_isClosed;
        }
    }

    /// <summary>Takes up what was said or taken back; false when the account was closed.</summary>
    public bool TrySay(CustomerTag tag, bool takesBack)
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                _tags.Say(tag, takesBack);
                Touch(tag.At);
            }

            return !_isClosed;
        }
    }

    public void Set(CustomerSegment segment)
    {
        lock (_gate)
        {
            _segment = _isClosed ? null : segment;
        }
    }

    /// <summary>What is kept; null when the account was closed.</summary>
    public ProfileContents? Read()
    {
        lock (_gate)
        {
            return _isClosed ? null : new ProfileContents(userId, _history.Settle(), _tags.Holding(), _segment);
        }
    }

    /// <summary>After this nothing can be added or read: who comes too late with an event opens a new account.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _segment = null;
        }
    }

    private void Touch(DateTimeOffset at) => Volatile.Write(ref _latestTicks, Math.Max(_latestTicks, at.UtcTicks));
}
