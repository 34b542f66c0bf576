using PromoRec.Models.Artifacts;

namespace PromoRec.Models;

public abstract partial class RecommendationModel
{
    /// <summary>Saves the model as one safetensors file.</summary>
    /// <remarks>
    /// The file is written under a temporary name in the same folder, flushed to the disk and renamed: a reader sees the old file or the
    /// new one, never a part. After a failure nothing is left behind and an older file is as it was. Equal models give equal bytes. The
    /// file holds customer ids, and interactions unless the options leave them out; without them, models of neighbours know no customer's items. Windows refuses to replace a file that is mapped.
    /// </remarks>
    /// <param name="path">The file, in an existing folder; an older one is replaced.</param>
    /// <param name="options">What the file holds; everything unless given.</param>
    /// <param name="cancellationToken">Ends the work at the next piece of a tensor.</param>
    /// <exception cref="IOException">The file cannot be written; the message says why and what to do.</exception>
    /// <exception cref="PromoRecException">A number of the model is not finite, so that nobody could load the file.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Save(string path, ModelSaveOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        AtomicFile.Write(path, stream => ModelWriter.Write(this, stream, options ?? new ModelSaveOptions(), cancellationToken));
    }

    /// <summary>Loads a model that <see cref="Save"/> wrote, of any family, of this format version or an older one.</summary>
    /// <remarks>
    /// The file is mapped and its tensors are used in place, so loading runs no code from the file and, for factors, needs next to no memory. The
    /// mapping ends when neither the model nor anything taken from it is reachable.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="options">How to load; everything is verified and the file is mapped unless given.</param>
    /// <exception cref="ArtifactException">The file is damaged, is no model, or comes from a newer library; nothing is kept open.</exception>
    /// <exception cref="PromoRecException"><see cref="PromoRecErrorCode.SchemaMismatch"/>: the stack of a hybrid was learnt from other features than this library makes, or from other members.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static RecommendationModel Load(string path, ModelLoadOptions? options = null)
    {
        options ??= new ModelLoadOptions();
        return LoadAny(options.MapFile ? ArtifactBytes.Map(path) : ArtifactBytes.Read(path), options);
    }

    /// <summary>Loads a model from the bytes of a model file, which are copied.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="options">How to load; everything is verified unless given. <see cref="ModelLoadOptions.MapFile"/> means nothing here.</param>
    /// <exception cref="ArtifactException">The bytes are damaged, are no model, or come from a newer library.</exception>
    /// <exception cref="PromoRecException"><see cref="PromoRecErrorCode.SchemaMismatch"/>: the stack of a hybrid was learnt from other features than this library makes, or from other members.</exception>
    public static RecommendationModel Load(ReadOnlySpan<byte> file, ModelLoadOptions? options = null) =>
        LoadAny(ArtifactBytes.Copy(file), options ?? new ModelLoadOptions());

    private protected static RecommendationModel LoadAny(ArtifactBytes bytes, ModelLoadOptions options)
    {
        try
        {
            RecommendationModel model = ModelReader.Read(bytes, options);
            GC.KeepAlive(bytes);
            return model;
        }
        catch
        {
            // No memory has escaped, so the file need not wait for the collector to be closed.
            bytes.Dispose();
            throw;
        }
    }
}
