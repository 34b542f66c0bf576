using PromoRec.Push.Ledger;
using PromoRec.Sqlite.Engine;

namespace PromoRec.Sqlite.Tables;

/// <summary>The accounts, one row for each customer.</summary>
internal sealed class AccountTable(SqliteDatabase database) : IDisposable
{
    private readonly SqliteStatement _find = database.Prepare("SELECT id, state FROM account WHERE customer = ?1");
    private readonly SqliteStatement _get = database.Prepare("SELECT customer, state FROM account WHERE id = ?1");
    private readonly SqliteStatement _insert = database.Prepare("INSERT INTO account (customer, state, next_release, next_uncertain) VALUES (?1, ?2, ?3, ?4)");
    private readonly SqliteStatement _update = database.Prepare("UPDATE account SET state = ?2, next_release = ?3, next_uncertain = ?4 WHERE id = ?1");
    private readonly SqliteStatement _delete = database.Prepare("DELETE FROM account WHERE id = ?1");
    private readonly SqliteStatement _uncertain = database.Prepare("SELECT id FROM account WHERE next_uncertain <= ?1");
    private readonly SqliteStatement _expired = database.Prepare(
        "SELECT next_release, id FROM account WHERE next_release <= ?1 AND (next_release, id) > (?2, ?3) ORDER BY next_release, id LIMIT ?4");

    public bool TryFind(UserId userId, DateTimeOffset now, out AccountRow row)
    {
        row = default;
        if (!_find.Bind(1, userId.ToString()).Step())
        {
            return false;
        }

        try
        {
            row = new AccountRow(_find.Int64(0), userId, AccountCodec.Read(_find.Bytes(1), now));
            return true;
        }
        finally
        {
            _find.Reset();
        }
    }

    public bool TryGet(long id, DateTimeOffset now, out AccountRow row)
    {
        row = default;
        if (!_get.Bind(1, id).Step())
        {
            return false;
        }

        try
        {
            row = new AccountRow(id, new UserId(_get.Text(0)), AccountCodec.Read(_get.Bytes(1), now));
            return true;
        }
        finally
        {
            _get.Reset();
        }
    }

    public void Insert(UserId userId, CustomerAccount account, CustomerHistory history) => Write(_insert.Bind(1, userId.ToString()), account, history);

    public void Update(long id, CustomerAccount account, CustomerHistory history) => Write(_update.Bind(1, id), account, history);

    public void Delete(long id) => _delete.Bind(1, id).Run();

    /// <summary>Every account in which something may be uncertain.</summary>
    public List<long> Uncertain(DateTimeOffset now)
    {
        List<long> ids = [];
        _uncertain.Bind(1, now.UtcTicks);
        while (_uncertain.Step())
        {
            ids.Add(_uncertain.Int64(0));
        }

        return ids;
    }

    /// <summary>The next accounts, from a position on, that have something to give back.</summary>
    public List<ExpiredAccount> Expired(DateTimeOffset now, ExpiredAccount after, int most)
    {
        List<ExpiredAccount> expired = [];
        _expired.Bind(1, now.UtcTicks).Bind(2, after.NextRelease).Bind(3, after.Id).Bind(4, most);
        while (_expired.Step())
        {
            expired.Add(new ExpiredAccount(_expired.Int64(0), _expired.Int64(1)));
        }

        return expired;
    }

    public void Dispose()
    {
        _find.Dispose();
        _get.Dispose();
        _insert.Dispose();
        _update.Dispose();
        _delete.Dispose();
        _uncertain.Dispose();
        _expired.Dispose();
    }

    private static void Write(SqliteStatement statement, CustomerAccount account, CustomerHistory history) => statement
        .Bind(2, AccountCodec.Write(history))
        .Bind(3, account.NextRelease?.UtcTicks)
        .Bind(4, account.NextUncertain?.UtcTicks)
        .Run();
}
