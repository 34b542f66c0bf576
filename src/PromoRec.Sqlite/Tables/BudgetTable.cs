using PromoRec.Push.Ledger;
using PromoRec.Sqlite.Engine;

namespace PromoRec.Sqlite.Tables;

/// <summary>What is taken of budgets.</summary>
internal sealed class BudgetTable(SqliteDatabase database) : IDisposable
{
    private readonly SqliteStatement _get = database.Prepare("SELECT taken FROM budget WHERE key = ?1 AND period = ?2");
    private readonly SqliteStatement _delete = database.Prepare("DELETE FROM budget WHERE key = ?1 AND period = ?2");
    private readonly SqliteStatement _put = database.Prepare(
        "INSERT INTO budget (key, period, taken) VALUES (?1, ?2, ?3) ON CONFLICT (key, period) DO UPDATE SET taken = excluded.taken");

    public long Taken(BudgetName name)
    {
        if (!_get.Bind(1, name.Key).Bind(2, name.Period).Step())
        {
            return 0;
        }

        long taken = _get.Int64(0);
        _get.Reset();
        return taken;
    }

    public void Put(BudgetName name, long taken)
    {
        if (taken == 0)
        {
            _delete.Bind(1, name.Key).Bind(2, name.Period).Run();
            return;
        }

        _put.Bind(1, name.Key).Bind(2, name.Period).Bind(3, taken).Run();
    }

    public void Dispose()
    {
        _get.Dispose();
        _delete.Dispose();
        _put.Dispose();
    }
}
