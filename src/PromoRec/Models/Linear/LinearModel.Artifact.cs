using PromoRec.Datasets.Features;
using PromoRec.Models.Artifacts;

namespace PromoRec.Models.Linear;

public sealed partial class LinearModel
{
    /// <summary>Saves the model, its schema and its calibrator as one safetensors file.</summary>
    /// <remarks>
    /// The file is written under a temporary name in the same folder, flushed to the disk and renamed: a reader sees the old file or the new one,
    /// never a part. Equal models give equal bytes. It names features as the schema does, and holds no example.
    /// </remarks>
    /// <param name="path">The file, in an existing folder; an older one is replaced.</param>
    /// <param name="cancellationToken">Ends the work at the next piece of a tensor.</param>
    /// <exception cref="IOException">The file cannot be written; the message says why and what to do.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Save(string path, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        AtomicFile.Write(path, stream => LinearModelFormat.Write(this, stream, cancellationToken));
    }

    /// <summary>Loads a model that <see cref="Save"/> wrote. Everything in the file is verified, and the file is not kept open.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">The schema that the host fills; a model trained with another one is refused. Unless given, the file's schema is taken.</param>
    /// <exception cref="ArtifactException">The file is damaged, is no linear model, or comes from a newer library.</exception>
    /// <exception cref="PromoRecException">The model was trained with another schema; the message says in what they differ.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static LinearModel Load(string path, FeatureSchema? expected = null)
    {
        using ArtifactBytes bytes = ArtifactBytes.Map(path);
        return LinearModelFormat.Read(bytes, expected);
    }

    /// <summary>Loads a model from the bytes of such a file.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="expected">The schema that the host fills; a model trained with another one is refused. Unless given, the file's schema is taken.</param>
    /// <exception cref="ArtifactException">The bytes are damaged, are no linear model, or come from a newer library.</exception>
    /// <exception cref="PromoRecException">The model was trained with another schema; the message says in what they differ.</exception>
    public static LinearModel Load(ReadOnlySpan<byte> file, FeatureSchema? expected = null)
    {
        using ArtifactBytes bytes = ArtifactBytes.Copy(file);
        return LinearModelFormat.Read(bytes, expected);
    }
}
