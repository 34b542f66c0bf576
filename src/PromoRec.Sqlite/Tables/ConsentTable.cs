using System.Collections.Immutable;
using PromoRec.Consent;
using PromoRec.Sqlite.Engine;

namespace PromoRec.Sqlite.Tables;

/// <summary>The consent ledgers: one row for each customer, and one for each event.</summary>
internal sealed class ConsentTable(SqliteDatabase database) : IDisposable
{
    private const string Columns =
        "event_id, at, state, purpose, channel, topic, basis, text_version, text_hash, source, actor, jurisdiction, sale_at, sale_seller, sale_category, sale_objection, token_hash, encrypted_ip";

    private readonly SqliteStatement _find = database.Prepare("SELECT id FROM consent_customer WHERE customer = ?1");
    private readonly SqliteStatement _insertCustomer = database.Prepare("INSERT INTO consent_customer (customer) VALUES (?1) RETURNING id");
    private readonly SqliteStatement _deleteCustomer = database.Prepare("DELETE FROM consent_customer WHERE customer = ?1");
    private readonly SqliteStatement _version = database.Prepare("SELECT position FROM consent_event WHERE customer_id = ?1 ORDER BY position DESC LIMIT 1");
    private readonly SqliteStatement _hasEvent = database.Prepare("SELECT 1 FROM consent_event WHERE customer_id = ?1 AND event_id = ?2");
    private readonly SqliteStatement _read = database.Prepare($"SELECT {Columns} FROM consent_event WHERE customer_id = ?1 ORDER BY position");
    private readonly SqliteStatement _insert = database.Prepare(
        $"INSERT INTO consent_event (customer_id, position, {Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)");

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

    public void Append(long customerId, long position, ConsentEvent added) => _insert
        .Bind(1, customerId)
        .Bind(2, position)
        .Bind(3, added.EventId)
        .Bind(4, added.At.UtcTicks)
        .Bind(5, (long)added.State)
        .Bind(6, (long)added.Purpose)
        .Bind(7, added.Channel.ToString())
        .Bind(8, added.Topic)
        .Bind(9, (long)added.Basis)
        .Bind(10, added.TextVersion)
        .Bind(11, added.TextHash)
        .Bind(12, added.Source)
        .Bind(13, added.Actor)
        .Bind(14, added.Jurisdiction)
        .Bind(15, added.Sale?.SaleAt.UtcTicks)
        .Bind(16, added.Sale?.SellerId)
        .Bind(17, added.Sale?.Category)
        .Bind(18, added.Sale is { } sale ? (sale.ObjectionOffered ? 1 : 0) : null)
        .Bind(19, added.TokenHash)
        .Bind(20, added.EncryptedIp)
        .Run();

    public ImmutableArray<ConsentEvent> Read(long customerId)
    {
        ImmutableArray<ConsentEvent>.Builder events = ImmutableArray.CreateBuilder<ConsentEvent>();
        _read.Bind(1, customerId);
        while (_read.Step())
        {
            events.Add(ReadEvent());
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

    private ConsentEvent ReadEvent() => new()
    {
        EventId = _read.Text(0),
        At = Instant(_read.Int64(1)),
        State = (ConsentState)_read.Int64(2),
        Purpose = (ConsentPurpose)_read.Int64(3),
        Channel = ChannelId.TryParse(_read.Text(4), out ChannelId channel) ? channel : default,
        Topic = _read.Text(5),
        Basis = (LegalBasis)_read.Int64(6),
        TextVersion = _read.TextOrNull(7),
        TextHash = _read.TextOrNull(8),
        Source = _read.TextOrNull(9),
        Actor = _read.TextOrNull(10),
        Jurisdiction = _read.TextOrNull(11),
        Sale = _read.IsNull(12) ? null : new SaleEvidence(Instant(_read.Int64(12)), _read.Text(13), _read.Text(14), _read.Int64(15) != 0),
        TokenHash = _read.TextOrNull(16),
        EncryptedIp = _read.TextOrNull(17),
    };

    private static DateTimeOffset Instant(long ticks) => new(ticks, TimeSpan.Zero);
}
