using PromoRec.Models.Artifacts;
using PromoRec.Models.Import;

namespace PromoRec.Models;

public sealed partial class FactorModel
{
    /// <summary>Loads a model of factors; see <see cref="RecommendationModel.Load(string, ModelLoadOptions?)"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to load; everything is verified and the file is mapped unless given.</param>
    /// <exception cref="ArtifactException">The file is damaged, is no model of factors, or comes from a newer library; nothing is kept open.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static new FactorModel Load(string path, ModelLoadOptions? options = null)
    {
        options ??= new ModelLoadOptions();
        return Load(options.MapFile ? ArtifactBytes.Map(path) : ArtifactBytes.Read(path), options);
    }

    /// <summary>Loads a model of factors from the bytes of a model file, which are copied.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="options">How to load; everything is verified unless given. <see cref="ModelLoadOptions.MapFile"/> means nothing here.</param>
    /// <exception cref="ArtifactException">The bytes are damaged, are no model of factors, or come from a newer library.</exception>
    public static new FactorModel Load(ReadOnlySpan<byte> file, ModelLoadOptions? options = null) =>
        Load(ArtifactBytes.Copy(file), options ?? new ModelLoadOptions());

    /// <summary>Makes a model of factors that were trained elsewhere: a numpy <c>.npz</c> file or a safetensors file.</summary>
    /// <remarks>
    /// <para>The file holds <c>user_factors</c> and <c>item_factors</c>, customers × factors and items × factors, float32 or float64 (in
    /// safetensors float16 and bfloat16 too), as <c>implicit</c> names them. <c>users</c> and <c>items</c> may hold the ids of the rows, as whole numbers or, in <c>.npz</c>, as Unicode
    /// texts; without them rows are named by their number from 0. Rows are copied, padded, and sorted by id.</para>
    /// <para>An imported model knows no interactions. A customer is folded in with the defaults of <c>implicit</c>: λ = 0.01, α = 1 and
    /// weight 1 for the pairs that were not observed. A file that <see cref="RecommendationModel.Save"/> wrote is simply loaded.</para>
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
        RecommendationModel model = LoadAny(bytes, options);
        if (model is FactorModel factors)
        {
            return factors;
        }

        ArtifactException fault = bytes.Fault(
            TensorFile.PrefixLength, $"this is a model of the family '{model.Manifest.Algorithm}', which has no factors", "a model of factors", "Load it with RecommendationModel.Load.");
        bytes.Dispose();
        throw fault;
    }
}
