namespace PromoRec.Sqlite.Tests;

/// <summary>What a process did to a disk, or said.</summary>
internal enum DiskEventKind
{
    Write,
    Truncate,
    Delete,
    Sync,
    SyncFolder,
    Said,
}
