using PromoRec.Models;

namespace PromoRec.Cli.Reading;

/// <summary>Opens model files; whatever is wrong with one is a <see cref="ModelFileException"/> that names it.</summary>
internal static class ModelFile
{
    public static FactorModel Load(string path) => Open(path, p => FactorModel.Load(p));

    public static FactorModel Import(string path) => Open(path, FactorModel.Import);

    public static ModelFileInfo Inspect(string path) => Open(path, p => ModelFileInfo.Read(p));

    private static T Open<T>(string path, Func<string, T> open)
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
            throw new ModelFileException(path, $"{fault.Message} (byte {fault.Offset:N0})", fault);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelFileException(path, "there is no such file. Check the path, or make a model with 'promorec fit'.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ModelFileException(path, $"the file cannot be opened: {fault.Message}", fault);
        }
    }
}
