namespace PromoRec.Models;

/// <summary>A model file is damaged, is not a model file, or has a format version this library does not read.</summary>
public sealed class ArtifactException : PromoRecException
{
    /// <summary>Creates the exception.</summary>
    public ArtifactException(string message, long offset, Exception? innerException = null)
        : base(PromoRecErrorCode.InvalidArtifact, message, innerException) => Offset = offset;

    /// <summary>Byte at which the fault was found, from the start of the file; in an array of a .npz file, from the start of the unpacked array.</summary>
    public long Offset { get; }
}
