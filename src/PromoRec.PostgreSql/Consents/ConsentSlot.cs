using System.Text;
using PromoRec.Consent;

namespace PromoRec.PostgreSql.Consents;

/// <summary>One customer's consent ledger while a batch is served.</summary>
internal sealed class ConsentSlot
{
    private readonly List<ConsentEvent> _events = [];
    private long _version;
    private bool _isErased;

    public ConsentSlot(UserId userId) => Key = CustomerKey.Of(userId, out _);

    public byte[] Key { get; }

    /// <summary>What the row said when it was read; 0 where there was none.</summary>
    public long Revision { get; private set; }

    public long Version => _version;

    public bool IsErased => _isErased;

    /// <summary>How many of its events the database has.</summary>
    public int Stored { get; private set; }

    public IReadOnlyList<ConsentEvent> Events => _events;

    public bool IsChanged { get; private set; }

    /// <summary>Why it cannot be used.</summary>
    public LedgerUnavailableException? Fault { get; private set; }

    /// <summary>Whether somebody else changed it after it was read.</summary>
    public bool IsOvertaken { get; set; }

    public void Clear()
    {
        _events.Clear();
        _version = 0;
        _isErased = false;
        Revision = 0;
        Stored = 0;
        IsChanged = false;
        Fault = null;
        IsOvertaken = false;
    }

    /// <summary>Takes up one row of what was read: the ledger with one of its events, or with none.</summary>
    public void Load(long revision, long version, bool isErased, string? body)
    {
        (Revision, _version, _isErased) = (revision, version, isErased);
        if (body is null)
        {
            return;
        }

        try
        {
            _events.Add(ConsentEventCodec.Read(Encoding.UTF8.GetBytes(body)));
            Stored++;
        }
        catch (LedgerUnavailableException fault)
        {
            Fault ??= fault;
        }
    }

    public ConsentAppendResult Append(ConsentEvent[] events, long? expectedVersion)
    {
        if (_isErased)
        {
            return new ConsentAppendResult(ConsentAppendStatus.Erased, _version);
        }

        if (expectedVersion is { } expected && expected != _version)
        {
            return new ConsentAppendResult(ConsentAppendStatus.VersionMismatch, _version);
        }

        foreach (ConsentEvent added in events)
        {
            if (!_events.Exists(known => string.Equals(known.EventId, added.EventId, StringComparison.Ordinal)))
            {
                _events.Add(added);
                _version++;
                IsChanged = true;
            }
        }

        return new ConsentAppendResult(ConsentAppendStatus.Appended, _version);
    }

    public ConsentRecord ToRecord() => new(_version, [.. _events], _isErased);

    public bool Forget()
    {
        IsChanged |= !_isErased;
        _isErased = true;
        _events.Clear();
        return true;
    }
}
