using PromoRec.Models;
using PromoRec.Models.Linear;

namespace PromoRec.Cli.Writing;

/// <summary>Saves models. The library itself writes under a temporary name and renames.</summary>
internal static class ModelOutput
{
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Save(RecommendationModel model, string path, CancellationToken cancellationToken) => OutputFile.Guard(path, () =>
    {
        model.Save(path, cancellationToken: cancellationToken);
        return true;
    });

    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Save(LinearModel model, string path, CancellationToken cancellationToken) => OutputFile.Guard(path, () =>
    {
        model.Save(path, cancellationToken);
        return true;
    });
}
