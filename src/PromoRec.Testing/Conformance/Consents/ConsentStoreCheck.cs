namespace PromoRec.Testing.Conformance.Consents;

/// <summary>A check of a store of consent.</summary>
internal sealed record ConsentStoreCheck(string Name, string Promise, Func<ConsentProbe, Task> Body, StoreAbilities Abilities = StoreAbilities.None)
    : CheckDefinition(Name, Promise, (int)Abilities);
