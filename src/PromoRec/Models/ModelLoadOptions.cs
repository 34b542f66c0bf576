namespace PromoRec.Models;

/// <summary>How a model file is loaded.</summary>
public sealed class ModelLoadOptions
{
    /// <summary>Whether every tensor's checksum and content are verified, which reads the file once. True unless set.</summary>
    /// <remarks>
    /// Without it, only the header, its checksum and the shapes are verified, and a model of any size is ready at once. A damaged
    /// tensor then gives wrong scores or an exception when it is used, never an access outside the file.
    /// </remarks>
    public bool VerifyTensors { get; set; } = true;

    /// <summary>Whether the file is mapped instead of read into memory. True unless set.</summary>
    /// <remarks>
    /// Processes that map the same file share its memory. A mapped file must never be cut or overwritten in place: replace it, as
    /// <see cref="RecommendationModel.Save"/> does. Set this to false where that cannot be promised, or where the file lies on a network disk.
    /// </remarks>
    public bool MapFile { get; set; } = true;
}
