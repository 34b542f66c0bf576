using PromoRec.Models.Artifacts;
using PromoRec.Models.Import;

namespace PromoRec.Models;

public sealed partial class FactorModel
{
    /// <summary>Saves the model as one safetensors file.</summary>
    /// <remarks>
    /// The file is written under a temporary name in the same folder, flushed to the disk and renamed: a reader sees the old file or the
    /// new one, never a part. After a failure nothing is left behind and an older file is as it was. Equal models give equal bytes. The
    /// file holds customer ids, and interactions unless the options leave them out. Windows refuses to replace a file that is mapped.
    /// </remarks>
    /// <param name="path">The file, in an existing folder; an older one is replaced.</param>
    /// <param name="options">What the file holds; everything unless given.</param>
    /// <param name="cancellationToken">Ends the work at the next piece of a tensor.</param>
    /// <exception cref="IOException">The file cannot be written; the message says why and what to do.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Save(string path, ModelSaveOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        AtomicFile.Write(path, stream => ModelWriter.Write(this, stream, options ?? new ModelSaveOptions(), cancellationToken));
    }

    /// <summary>Loads a model that <see cref="Save"/> wrote, of this format version or an older one.</summary>
    /// <remarks>
    /// The file is mapped and its tensors are used in place, so loading runs no code from the file and needs next to no memory. The
    /// mapping ends when neither the model nor anything taken from it is reachable.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="options">How to load; everything is verified and the file is mapped unless given.</param>
    /// <exception cref="ArtifactException">The file is damaged, is no model, or comes from a newer library; nothing is kept open.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static FactorModel Load(string path, ModelLoadOptions? options = null)
    {
        options ??= new ModelLoadOptions();
        return Load(options.MapFile ? ArtifactBytes.Map(path) : ArtifactBytes.Read(path), options);
    }

    /// <summary>Loads a model from the bytes of a model file, which are copied.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="options">How to load; everything is verified unless given. <see cref="ModelLoadOptions.MapFile"/> means nothing here.</param>
    /// <exception cref="ArtifactException">The bytes are damaged, are no model, or come from a newer library.</exception>
    public static FactorModel Load(ReadOnlySpan<byte> file, ModelLoadOptions? options = null) =>
        Load(ArtifactBytes.Copy(file), options ?? new ModelLoadOptions());

    /// <summary>Makes a model of factors that were trained elsewhere: a numpy <c>.npz</c> file or a safetensors file.</summary>
    /// <remarks>
    /// <para>The file holds <c>user_factors</c> and <c>item_factors</c>, customers × factors and items × factors, float32 or float64 (in
    /// safetensors float16 and bfloat16 too), as <c>implicit</c> names them. <c>users</c> and <c>items</c> may hold the ids of the rows, as whole numbers or, in <c>.npz</c>, as Unicode
    /// texts; without them rows are named by their number from 0. Rows are copied, padded, and sorted by id.</para>
    /// <para>An imported model knows no interactions. A customer is folded in with the defaults of <c>implicit</c>: λ = 0.01, α = 1 and
    /// weight 1 for the pairs that were not observed. A file that <see cref="Save"/> wrote is simply loaded.</para>
    /// </remarks>
    /// <param name="path">The file; its content, not its name, tells the format.</param>
    /// <exception cref="ArtifactException">The file is damaged or does not hold such factors.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static FactorModel Import(string path)
    {
        ArtifactBytes bytes = ArtifactBytes.Map(path);
        return Import(bytes);
    }

    internal static FactorModel Import(ArtifactBytes bytes)
    {
        bool keep = false;
        try
        {
            FactorModel? imported = FactorImport.TryRead(bytes);
            keep = imported is null;
            return imported ?? Load(bytes, new ModelLoadOptions());
        }
        finally
        {
            if (!keep)
            {
                bytes.Dispose();
            }
        }
    }

    private static FactorModel Load(ArtifactBytes bytes, ModelLoadOptions options)
    {
        try
        {
            FactorModel model = ModelReader.Read(bytes, options);
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
