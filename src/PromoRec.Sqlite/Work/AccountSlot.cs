using PromoRec.Push.Ledger;

namespace PromoRec.Sqlite.Work;

/// <summary>An account that a batch has loaded.</summary>
internal sealed class AccountSlot(long? id, CustomerHistory stored)
{
    /// <summary>Its row; null when it has none.</summary>
    public long? Id { get; } = id;

    /// <summary>What the row holds.</summary>
    public CustomerHistory Stored { get; } = stored;

    /// <summary>What it is now.</summary>
    public CustomerAccount Account { get; private set; } = new(stored);

    /// <summary>Undoes what an operation that failed half-way did.</summary>
    public void Restore(CustomerHistory before) => Account = new CustomerAccount(before);

    // An account that is not changed keeps its very arrays.
    public bool Differs(CustomerHistory current) =>
        current.Entries != Stored.Entries
        || current.Forgotten != Stored.Forgotten
        || current.ForgottenThrough != Stored.ForgottenThrough
        || current.ConsentVersion != Stored.ConsentVersion
        || current.IsErased != Stored.IsErased;
}
