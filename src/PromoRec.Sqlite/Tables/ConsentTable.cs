using System.Collections.Immutable;
using PromoRec.Consent;
using PromoRec.Sqlite.Engine;

namespace PromoRec.Sqlite.Tables;

/// <summary>The consent ledgers: one row for each customer, and one for each event.</summary>
internal sealed class ConsentTable(SqliteDatabase database) : IDisposable
{
    private readonly SqliteStatement _find = database.Prepare("SELECT id FROM consent_customer WHERE customer = ?1");
    private readonly SqliteStatement _insertCustomer = database.Prepare("INSERT INTO consent_customer (customer) VALUES (?1) RETURNING id");
    private readonly SqliteStatement _deleteCustomer = database.Prepare("DELETE FROM consent_customer WHERE customer = ?1");
    private readonly SqliteStatement _version = database.Prepare("SELECT position FROM consent_event WHERE customer_id = ?1 ORDER BY position DESC LIMIT 1");
    private readonly SqliteStatement _hasEvent = database.Prepare("SELECT 1 FROM consent_event WHERE customer_id = ?1 AND event_id = ?2");
    private readonly SqliteStatement _read = database.Prepare("SELECT event FROM consent_event WHERE customer_id = ?1 ORDER BY position");
    private readonly SqliteStatement _insert = database.Prepare("INSERT INTO consent_event (customer_id, position, event_id, event) VALUES (?1, ?2, ?3, ?4)");

    public long? Find(UserId userId)
    {
        if (!_find.Bind(1, userId.ToString()).Step())
        {
            return null;
        }

        long id = _find.Int64(0);
        _find.Reset();
        return id;
    }

    public long Add(UserId userId)
    {
        _insertCustomer.Bind(1, userId.ToString()).Step();
        long id = _insertCustomer.Int64(0);
        _insertCustomer.Reset();
        return id;
    }

    /// <summary>Deletes a customer and, by the foreign key, every event.</summary>
    public void Delete(UserId userId) => _deleteCustomer.Bind(1, userId.ToString()).Run();

    public long Version(long customerId)
    {
        if (!_version.Bind(1, customerId).Step())
        {
            return 0;
        }

        long version = _version.Int64(0);
        _version.Reset();
        return version;
    }

    public bool HasEvent(long customerId, string eventId)
    {
        bool has = _hasEvent.Bind(1, customerId).Bind(2, eventId).Step();
        _hasEvent.Reset();
        return has;
    }

    public void Append(long customerId, long position, ConsentEvent added) =>
        _insert.Bind(1, customerId).Bind(2, position).Bind(3, added.EventId).BindText(4, ConsentEventCodec.Write(added)).Run();

    public ImmutableArray<ConsentEvent> Read(long customerId)
    {
        ImmutableArray<ConsentEvent>.Builder events = ImmutableArray.CreateBuilder<ConsentEvent>();
        _read.Bind(1, customerId);
        try
        {
            while (_read.Step())
            {
                events.Add(ConsentEventCodec.Read(_read.Bytes(0)));
            }
        }
        finally
        {
            _read.Reset();
        }

        return events.DrainToImmutable();
    }

    public void Dispose()
    {
        _find.Dispose();
        _insertCustomer.Dispose();
        _deleteCustomer.Dispose();
        _version.Dispose();
        _hasEvent.Dispose();
        _read.Dispose();
        _insert.Dispose();
    }
}
