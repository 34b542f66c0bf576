using PromoRec.Cli.Output;
using PromoRec.Datasets.Features;
using PromoRec.Models;
using PromoRec.Models.Linear;

namespace PromoRec.Cli.Reading;

/// <summary>Opens model files; whatever is wrong with one is a <see cref="ModelFileException"/> that names it.</summary>
internal static class ModelFile
{
    public static RecommendationModel Load(string path) => Open(path, p => RecommendationModel.Load(p), "make a model with 'promorec fit'");

    public static FactorModel LoadFactors(string path) => Open(path, p => FactorModel.Load(p), "make a model with 'promorec fit'");

    /// <summary>The linear model of a file; null where it holds another kind of model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">The features that the model must have been trained with; null for any.</param>
    /// <exception cref="PromoRecException">The model was trained with other features.</exception>
    public static LinearModel? LoadLinear(string path, FeatureSchema? expected) =>
        Open(path, p => ModelFileInfo.Read(p, verifyTensors: false).Features is null ? null : LinearModel.Load(p, expected), "make a model with 'promorec fit'");

    public static FactorModel Import(string path) => Open(path, FactorModel.Import, "name a .npz or safetensors file");

    public static ModelFileInfo Inspect(string path) => Open(path, p => ModelFileInfo.Read(p), "make a model with 'promorec fit'");

    private static T Open<T>(string path, Func<string, T> open, string remedy)
    {
        if (Directory.Exists(path))
        {
            throw new ModelFileException(path, "this is a folder, but a model file was expected.");
        }

        try
        {
            return open(path);
        }
        catch (ArtifactException fault)
        {
            // The library begins with the path too, in quotes.
            string name = $"'{path}', ";
            throw new ModelFileException(path, ApiWords.Of(fault.Message.StartsWith(name, StringComparison.Ordinal) ? fault.Message[name.Length..] : fault.Message), fault);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelFileException(path, $"there is no such file. Check the path, or {remedy}.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ModelFileException(path, $"the file cannot be opened: {fault.Message}", fault);
        }
    }
}
