using PromoRec.Push.Ledger;
using PromoRec.Sqlite.Tables;

namespace PromoRec.Sqlite.Work;

/// <summary>The accounts and budgets that the operations of one transaction touch: each is read once and written once, however many operations meet on it.</summary>
internal sealed class LedgerBatch(StoreSession session, DateTimeOffset now)
{
    private const int SweepLength = 128;

    private readonly Dictionary<UserId, AccountSlot> _accounts = [];
    private readonly Dictionary<BudgetName, BudgetSlot> _budgets = [];
    private ExpiredAccount _swept = ExpiredAccount.Start;
    private bool _isSwept;

    /// <summary>Lets an account answer. An operation that throws has changed nothing.</summary>
    public T Change<T>(UserId userId, Func<CustomerAccount, IBudgetBook, T> operation)
    {
        AccountSlot slot = Account(userId);
        CustomerHistory before = slot.Account.ToHistory(now);
        OperationBook book = new(this);
        try
        {
            return operation(slot.Account, book);
        }
        catch
        {
            slot.Restore(before);
            book.Undo();
            throw;
        }
    }

    /// <summary>What is known of a customer.</summary>
    public CustomerHistory Read(UserId userId) => Load(userId).Stored;

    public BudgetSlot Budget(BudgetName name)
    {
        if (!_budgets.TryGetValue(name, out BudgetSlot? slot))
        {
            slot = new BudgetSlot(session.Budgets.Taken(name));
            _budgets.Add(name, slot);
        }

        return slot;
    }

    /// <summary>Gives back what some accounts still hold although its time to live has ended.</summary>
    /// <returns>Whether there may be more of them.</returns>
    public bool SweepSome()
    {
        if (_isSwept)
        {
            return false;
        }

        ExpiredAccount? next = SweepFrom(_swept, now);
        _swept = next ?? _swept;
        _isSwept = next is null;
        return true;
    }

    /// <summary>Gives back what the next accounts from a position on still hold although its time to live had ended at an instant.</summary>
    /// <returns>Where to go on; null at the end.</returns>
    public ExpiredAccount? SweepFrom(ExpiredAccount position, DateTimeOffset through)
    {
        List<ExpiredAccount> expired = session.Accounts.Expired(through, position, SweepLength);
        foreach (ExpiredAccount account in expired)
        {
            Sweep(account.Id);
        }

        return expired.Count < SweepLength ? null : expired[^1];
    }

    /// <summary>Writes what has changed.</summary>
    public void Save()
    {
        foreach ((UserId userId, AccountSlot slot) in _accounts)
        {
            CustomerHistory current = slot.Account.ToHistory(now);
            if (slot.Differs(current))
            {
                Save(userId, slot.Id, slot.Account, current);
            }
        }

        foreach ((BudgetName name, BudgetSlot slot) in _budgets)
        {
            if (slot.Taken != slot.Stored)
            {
                session.Budgets.Put(name, slot.Taken);
            }
        }
    }

    private AccountSlot Account(UserId userId)
    {
        if (!_accounts.TryGetValue(userId, out AccountSlot? slot))
        {
            slot = Load(userId);
            _accounts.Add(userId, slot);
        }

        return slot;
    }

    private AccountSlot Load(UserId userId)
    {
        if (session.Accounts.TryFind(userId, now, out AccountRow row))
        {
            return new AccountSlot(row.Id, row.History);
        }

        bool isErased = session.Erased.Contains(userId, ErasedPart.Ledger, out long version);
        return new AccountSlot(null, new CustomerHistory(now, []) { IsErased = isErased, ConsentVersion = version });
    }

    private void Sweep(long id)
    {
        AccountRow row;
        try
        {
            if (!session.Accounts.TryGet(id, now, out row))
            {
                return;
            }
        }
        catch (LedgerUnavailableException)
        {
            // An account that cannot be read keeps what it holds, and must not stand in the way of other customers.
            return;
        }

        // An account that the batch has at hand is newer there than in its row.
        OperationBook book = new(this);
        if (_accounts.TryGetValue(row.UserId, out AccountSlot? slot))
        {
            slot.Account.Sweep(now, book);
            return;
        }

        CustomerAccount account = new(row.History);
        if (account.Sweep(now, book))
        {
            Save(row.UserId, id, account, account.ToHistory(now));
        }
    }

    private void Save(UserId userId, long? id, CustomerAccount account, CustomerHistory current)
    {
        if (current.IsErased)
        {
            session.Erased.Put(userId, ErasedPart.Ledger, current.ConsentVersion);
        }

        if (id is { } row && (account.IsEmpty || current.IsErased))
        {
            session.Accounts.Delete(row);
        }
        else if (id is { } known)
        {
            session.Accounts.Update(known, account, current);
        }
        else if (!account.IsEmpty && !current.IsErased)
        {
            session.Accounts.Insert(userId, account, current);
        }
    }
}
