namespace PromoRec.Sqlite.Tests;

/// <summary>One thing that a process did to a disk, or said.</summary>
/// <param name="Kind">What it did.</param>
/// <param name="File">To which file, by the end of its name; what it said.</param>
/// <param name="Offset">Where it wrote; the new length of a file that was cut.</param>
/// <param name="Bytes">What it wrote.</param>
internal sealed record DiskEvent(DiskEventKind Kind, string File, long Offset = 0, byte[]? Bytes = null);
