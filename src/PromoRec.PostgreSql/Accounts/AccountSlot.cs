using NpgsqlTypes;
using PromoRec.Push.Ledger;

namespace PromoRec.PostgreSql.Accounts;

/// <summary>One customer's row while a batch is served.</summary>
internal sealed class AccountSlot
{
    private CustomerHistory? _read;
    private CustomerAccount? _account;

    public AccountSlot(UserId userId)
    {
        UserId = userId;
        Key = CustomerKey.Of(userId, out byte[]? longId);
        LongId = longId;
    }

    public UserId UserId { get; }

    public byte[] Key { get; }

    public byte[]? LongId { get; }

    /// <summary>What the row said when it was read; 0 where there was none.</summary>
    public long Version { get; private set; }

    /// <summary>Where the version lies that was read.</summary>
    public NpgsqlTid Place { get; private set; }

    public CustomerAccount Account => _account ??= new CustomerAccount();

    /// <summary>Why the row cannot be used.</summary>
    public LedgerUnavailableException? Fault { get; private set; }

    /// <summary>Whether it is among the rows of this round.</summary>
    public bool IsListed { get; set; }

    /// <summary>Whether an operation of this customer waits for the next round, so that later ones must wait, too.</summary>
    public bool IsDeferred { get; set; }

    /// <summary>Whether an operation failed half-way, so that the account is not what it should be and must not be written.</summary>
    public bool IsSpoiled { get; set; }

    /// <summary>Whether the row is to be written in any case.</summary>
    public bool MustWrite { get; set; }

    /// <summary>Whether somebody else changed the row after it was read.</summary>
    public bool IsOvertaken { get; set; }

    /// <summary>What its operations take from budgets, and give back; null when nothing.</summary>
    public List<BudgetChange>? BudgetChanges { get; private set; }

    /// <summary>Makes it as if there were no row.</summary>
    public void Clear()
    {
        Version = 0;
        _account = null;
        _read = null;
        Fault = null;
        IsListed = false;
        IsDeferred = false;
        IsSpoiled = false;
        MustWrite = false;
        IsOvertaken = false;
        BudgetChanges = null;
    }

    public void Load(long version, byte[] account, NpgsqlTid place)
    {
        Version = version;
        Place = place;
        try
        {
            // The codec's time is only handed through, and nobody looks at it.
            _read = AccountCodec.Read(account, default);
            _account = new CustomerAccount(_read);
        }
        catch (LedgerUnavailableException fault)
        {
            Fault = fault;
        }
    }

    public void Add(in BudgetChange change) => (BudgetChanges ??= []).Add(change);

    /// <summary>What has to be written, or null when nothing has changed.</summary>
    public CustomerHistory? Change(DateTimeOffset now)
    {
        CustomerHistory history = Account.ToHistory(now);
        return MustWrite || IsChanged(history) ? history : null;
    }

    private bool IsChanged(CustomerHistory now) => _read is null
        ? !Account.IsEmpty
        : now.Entries != _read.Entries || now.Forgotten != _read.Forgotten || now.ForgottenThrough != _read.ForgottenThrough
            || now.ConsentVersion != _read.ConsentVersion || now.IsErased != _read.IsErased;
}
