namespace PromoRec.Models;

/// <summary>What the checksum says about a part of a model file.</summary>
public enum ModelChecksum
{
    /// <summary>The file holds no checksum of it: it was not written by PromoRec.</summary>
    Absent = 0,

    /// <summary>The bytes are those that were written.</summary>
    Matches = 1,

    /// <summary>The bytes are not those that were written.</summary>
    Differs = 2,
}
