namespace PromoRec.Testing.Conformance.Ledgers;

/// <summary>A check of a ledger.</summary>
internal sealed record LedgerCheck(string Name, string Promise, Func<LedgerProbe, Task> Body, StoreAbilities Abilities = StoreAbilities.None)
    : CheckDefinition(Name, Promise, (int)Abilities);
