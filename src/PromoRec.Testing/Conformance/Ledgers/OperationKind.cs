namespace PromoRec.Testing.Conformance.Ledgers;

/// <summary>What a recorded operation asked for. The first four are the settlements, in their order.</summary>
internal enum OperationKind : byte
{
    Begin = 0,
    Commit = 1,
    Release = 2,
    Uncertain = 3,
    Reserve = 4,
    Cancel = 5,
    Read = 6,
}
