using PromoRec.Push.Ledger;

namespace PromoRec.Sqlite.Tables;

/// <summary>An account as it was read.</summary>
internal readonly record struct AccountRow(long Id, UserId UserId, CustomerHistory History);
